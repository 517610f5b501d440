using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// A backend that posts one guest's events, and posts each again until it is answered. It lives outside of every
/// process and keeps what it was told.
/// </summary>
internal sealed class SimulatedClient(World world, string guest, int events)
{
    private static readonly string[] Types = ["VIEW", "ADD", "CHECKOUT", "ORDER_CHECKOUT", "SADDLE_FITTED"];

    public string Guest { get; } = guest;

    public GuestKey Key { get; } = world.Keyring.KeyOf(World.Tenant, guest);

    /// <summary>Every answer, in the order it came.</summary>
    public List<(string EventId, RecordOutcome Outcome)> Answers { get; } = [];

    public List<string> Violations { get; } = [];

    public bool IsDone { get; private set; }

    public async Task RunAsync()
    {
        for (var i = 0; i < events; i++)
        {
            var repeat = i > 0 && world.Random.Next(6) == 0;
            await PostUntilAnsweredAsync(repeat ? world.Random.Next(i) : i);
            if (world.Random.Next(4) == 0)
                await ReadAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(200)), world.Time);
        }

        IsDone = true;
    }

    private async Task PostUntilAnsweredAsync(int number)
    {
        while (true)
        {
            try
            {
                var outcome = await PostAsync(number);
                Answers.Add(($"{Guest}-{number}", outcome));
                return;
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 500)), world.Time);
            }
        }
    }

    /// <summary>Some of a backend's events name the browser they came from.</summary>
    private Task<RecordOutcome> PostAsync(int number)
    {
        var browserId = number % 3 == 1 && world.BrowserIds.Count > 0
            ? world.BrowserIds[number / 3 % world.BrowserIds.Count]
            : null;
        var command = Command(world, Guest, $"{Guest}-{number}", number, browserId);
        return world.CallAsync(Key, async activation =>
        {
            var (end, outcome) = await activation.Linking.EnterAsync(
                Guest, take: true, work => TryRecord(world, activation, work, command));
            return end == BrowserEnd.Done ? outcome : throw new IOException("The browser is busy.");
        });
    }

    public static BrowserStep<RecordOutcome> TryRecord(
        World world, Activation activation, SessionWork work, RecordEvent command)
    {
        var now = world.ClockIn(activation);
        var decision = Decider.Record(work.State, command with { ReceivedAt = now, Now = now });
        if (decision.Result.Verdict == RecordVerdict.NeedsBrowser)
            return new BrowserStep<RecordOutcome>(default, [command.Event.BrowserId!]);
        if (decision.Result.Verdict == RecordVerdict.Accepted)
            world.Stamped(activation, command.EventId, now);
        return new BrowserStep<RecordOutcome>(work.Do(decision), []);
    }

    public static RecordEvent Command(World world, string guest, string id, int number, string? browserId)
    {
        var type = Types[number % Types.Length];
        var poison = number % 7 == 3 ? ",\"poison\":true" : "";
        var body = Utf8Json.Parse($$"""{"id":"{{id}}"{{poison}}}""");
        var now = world.Time.GetUtcNow();
        return new RecordEvent(
            guest, id, ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = type,
                Channel = "WEB",
                PointOfSale = "harbourbikes/ie",
                BrowserId = browserId,
                Body = body,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            OccurredAt: now - TimeSpan.FromMilliseconds(number * 7_919 % 3_000), default, OrderFloor: null,
            world.Settle, TraceParent: null, default);
    }

    /// <summary>I7: what was acknowledged before a read began is in it.</summary>
    private async Task ReadAsync()
    {
        var acknowledged = Answers.Count == 0 ? 0 : Answers.Max(answer => answer.Outcome.Sequence);
        try
        {
            var seen = await world.CallAsync(
                Key, activation => activation.Door.EnterAsync(work => work.State.LastSequence));

            // A stale activation may still answer reads until the journal fences it.
            if (seen < acknowledged && !world.HadTwoOwners)
                Violations.Add($"I7: {Guest} read up to {seen} after {acknowledged} was acknowledged.");
        }
        catch (Exception)
        {
            // Unanswered reads prove nothing.
        }
    }
}
