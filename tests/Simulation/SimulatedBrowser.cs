using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// An SDK in a browser: its events go to whoever owns the browser id, are offered to that line until it answers, and go
/// to the next owner when it says that they moved. Some are such as must not be sent, and are quarantined.
/// </summary>
internal sealed class SimulatedBrowser(World world, string browserId, int events)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    public string BrowserId { get; } = browserId;

    /// <summary>Every answer: which line took the event, and where in it.</summary>
    public List<(string EventId, string Guest, RecordResult Result)> Answers { get; } = [];

    /// <summary>How often a line answered that the browser moved.</summary>
    public int Moves { get; private set; }

    /// <summary>How many of its events were accepted only to be quarantined.</summary>
    public int Quarantined { get; private set; }

    /// <summary>How often personalization found that all of its events were delivered.</summary>
    public int Delivered { get; private set; }

    public bool IsDone { get; private set; }

    public async Task RunAsync()
    {
        for (var number = 0; number < events; number++)
        {
            var guest = await PostAsync(number);
            if (number % 4 == 1)
                await AwaitDeliveryAsync(guest);
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(300)), world.Time);
        }

        IsDone = true;
    }

    /// <returns>The guest that took the event.</returns>
    private async Task<string> PostAsync(int number)
    {
        var eventId = $"{BrowserId}-{number}";
        var quarantine = number % 6 == 5 ? "unknown_point_of_sale" : null;
        while (true)
        {
            var guest = await OfferAsync(OwnerAsync);
            var request = new BrowserEvent(
                guest, SimulatedClient.Event(world, eventId, number, BrowserId), quarantine, AdmitsNew: true,
                TraceParent: null);
            var result = await OfferAsync(() => CallAsync(guest, request));
            if (result.Code == BrowserEvent.Moved)
            {
                Moves++;
                continue;
            }

            Answers.Add((eventId, guest, result));
            Quarantined += quarantine is null ? 0 : 1;
            return guest;
        }
    }

    /// <summary>A refusal for now is no answer: an offer before it, whose answer got lost, may have been recorded here.</summary>
    private async Task<RecordResult> CallAsync(string guest, BrowserEvent request)
    {
        var result = await world.CallAsync(
            KeyOf(guest), activation => activation.RecordFromBrowserAsync(request));
        return result is { Status: RecordStatus.Retry, Code: not BrowserEvent.Moved }
            ? throw new IOException($"Refused for now: {result.Code}.")
            : result;
    }

    private async Task AwaitDeliveryAsync(string guest)
    {
        try
        {
            if (await world.CallAsync(KeyOf(guest), activation => activation.Watch.AwaitAsync(BrowserId, Patience)))
                Delivered++;
        }
        catch (Exception)
        {
            // Personalization goes on without it.
        }
    }

    private async Task<string> OwnerAsync()
    {
        var row = await world.Store.Owners.ReadAsync(
            world.Keyring.HashOf(World.Tenant, SearchTerm.BrowserId(BrowserId)), CancellationToken.None);
        return row?.Name ?? BrowserGuests.Of(BrowserId);
    }

    private GuestKey KeyOf(string guest) => world.Keyring.KeyOf(World.Tenant, guest);

    /// <summary>Until it is answered: an answer that got lost says nothing, and another line must not be asked.</summary>
    private async Task<T> OfferAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 500)), world.Time);
            }
        }
    }
}
