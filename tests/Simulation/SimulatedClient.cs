using System.Globalization;
using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// A backend that posts one guest's events, and posts each again until it is accepted. It lives outside of every process
/// and keeps what it was told.
/// </summary>
internal sealed class SimulatedClient(World world, string guest, int events)
{
    public const string Channel = "WEB";
    public const string PointOfSale = "harbourbikes/ie";

    public static readonly TimeSpan SessionTimeout = TimeSpan.FromMinutes(20);

    private static readonly string[] Types = ["VIEW", "ADD", "CHECKOUT", "ORDER_CHECKOUT", "SADDLE_FITTED"];

    public string Guest { get; } = guest;

    public GuestKey Key { get; } = world.Keyring.KeyOf(World.Tenant, guest);

    /// <summary>Every answer but the retries, in the order it came.</summary>
    public List<(string EventId, RecordResult Result)> Answers { get; } = [];

    /// <summary>How often it was told that there is no capacity.</summary>
    public int Refused { get; private set; }

    public List<string> Violations { get; } = [];

    public bool IsDone { get; private set; }

    public async Task RunAsync()
    {
        for (var i = 0; i < events; i++)
        {
            var repeat = i > 0 && world.Random.Next(6) == 0;
            await PostUntilAcceptedAsync(repeat ? world.Random.Next(i) : i);
            if (world.Random.Next(4) == 0)
                await ReadAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(200)), world.Time);
        }

        IsDone = true;
    }

    private async Task PostUntilAcceptedAsync(int number)
    {
        while (true)
        {
            try
            {
                var result = await PostAsync(number);
                if (result.Status != RecordStatus.Retry)
                {
                    Answers.Add(($"{Guest}-{number}", result));
                    return;
                }

                Refused++;
            }
            catch (Exception)
            {
                // Nobody knows whether it was recorded: the same again tells.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 500)), world.Time);
        }
    }

    /// <summary>The browser that an event names.</summary>
    public string? BrowserOf(string eventId) => BrowserOf(int.Parse(eventId.Split('-')[^1], CultureInfo.InvariantCulture));

    /// <summary>Some of a backend's events name the browser they came from.</summary>
    private string? BrowserOf(int number) =>
        number % 3 == 1 && world.BrowserIds.Count > 0 ? world.BrowserIds[number / 3 % world.BrowserIds.Count] : null;

    private async Task<RecordResult> PostAsync(int number)
    {
        var request = new RecordRequest(Guest, [Event(world, $"{Guest}-{number}", number, BrowserOf(number))], TraceParent: null);
        return (await world.CallAsync(Key, activation => activation.Recording.RecordAsync(request))).Results[0];
    }

    public static EventToRecord Event(World world, string id, int number, string? browserId)
    {
        var poison = number % 7 == 3 ? ",\"poison\":true" : "";
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"{{poison}}}""");
        var @event = new StreamEvent
        {
            Type = Types[number % Types.Length],
            Channel = Channel,
            PointOfSale = PointOfSale,
            BrowserId = browserId,
            Body = new Utf8Json(body),
            SessionTimeout = SessionTimeout,
        };
        return new EventToRecord(
            id, ContentHash.Of(body), @event,
            world.Time.GetUtcNow() - TimeSpan.FromMilliseconds(number * 7_919 % 3_000));
    }

    /// <summary>I7: what was acknowledged before a read began is in it.</summary>
    private async Task ReadAsync()
    {
        var acknowledged = Answers.Count == 0 ? 0 : Answers.Max(static answer => answer.Result.Sequence);
        try
        {
            var seen = await world.CallAsync(Key, static activation => activation.Reading.ReadAsync());

            // A stale activation may still answer reads until the journal fences it.
            if ((seen?.LastSequence ?? 0) < acknowledged && !world.HadTwoOwners)
                Violations.Add($"I7: {Guest} read up to {seen?.LastSequence} after {acknowledged} was acknowledged.");
        }
        catch (Exception)
        {
            // Unanswered reads prove nothing.
        }
    }
}
