using GuestSessions.Core.Guests;

namespace GuestSessions.Simulation.Tests;

internal sealed partial class World
{
    private const int MostReplays = 4;

    private readonly List<SimulatedReplay> _replays = [];

    public IReadOnlyList<SimulatedReplay> Replays => _replays;

    private void BeginReplay() => _outside.Enter(() =>
    {
        if (_replays.Count == MostReplays)
            return;
        List<string> guests =
            [.. _clients.Select(static client => client.Guest), .. BrowserIds.Select(BrowserGuests.Of)];
        var replay = new SimulatedReplay(
            this, guests[Random.Next(guests.Count)], $"op{_replays.Count}");
        _replays.Add(replay);
        _ = replay.RunAsync();
    });
}
