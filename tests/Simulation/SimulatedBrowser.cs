using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Linking;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// An SDK in a browser: its events go to whoever owns the browser id, are offered to that line until it answers, and go
/// to the next owner when it says that they moved.
/// </summary>
internal sealed class SimulatedBrowser(World world, string browserId, int events)
{
    public string BrowserId { get; } = browserId;

    /// <summary>Every answer: which line took the event, and where in it.</summary>
    public List<(string EventId, string Guest, RecordOutcome Outcome)> Answers { get; } = [];

    /// <summary>How often a line answered that the browser moved.</summary>
    public int Moves { get; private set; }

    public bool IsDone { get; private set; }

    public async Task RunAsync()
    {
        for (var number = 0; number < events; number++)
        {
            await PostAsync(number);
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(300)), world.Time);
        }

        IsDone = true;
    }

    private async Task PostAsync(int number)
    {
        while (true)
        {
            var guest = await OfferAsync(OwnerAsync);
            var command = SimulatedClient.Command(world, guest, $"{BrowserId}-{number}", number, BrowserId);
            var (end, outcome) = await OfferAsync(() => PostAsync(guest, command));
            if (end == BrowserEnd.Moved)
            {
                Moves++;
                continue;
            }

            if (end == BrowserEnd.Done)
            {
                Answers.Add((command.EventId, guest, outcome));
                return;
            }
        }
    }

    private Task<(BrowserEnd End, RecordOutcome Result)> PostAsync(string guest, RecordEvent command) => world.CallAsync(
        world.Keyring.KeyOf(World.Tenant, guest), async activation =>
        {
            var answer = await activation.Linking.EnterAsync(
                guest, take: false, work => SimulatedClient.TryRecord(world, activation, work, command));
            if (answer.End == BrowserEnd.Moved)
                await activation.Door.VerifyAsync(CancellationToken.None);
            return answer;
        });

    private async Task<string> OwnerAsync()
    {
        var row = await world.Store.Owners.ReadAsync(
            world.Keyring.HashOf(World.Tenant, SearchTerm.BrowserId(BrowserId)), CancellationToken.None);
        return row?.Name ?? BrowserGuests.Of(BrowserId);
    }

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
