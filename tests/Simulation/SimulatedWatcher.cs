using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Live;
using GuestSessions.Grains.Receipts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// Somebody who watches a guest: asks for a page after the other, whatever fails, and keeps of each event what was told of
/// it last. In the end it must know what the timeline says.
/// </summary>
internal sealed class SimulatedWatcher(World world, string guest, IJournal journal)
{
    private const int MostPages = 60;

    private readonly GuestKey _key = world.Keyring.KeyOf(World.Tenant, guest);
    private readonly Dictionary<long, EventSummary> _told = [];

    private long _place;

    public string Guest { get; } = guest;

    public int Pages { get; private set; }

    public async Task RunAsync()
    {
        for (var page = 0; page < MostPages; page++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 2_000)), world.Time);
            try
            {
                Take(await world.CallAsync(_key, activation => ReadAsync(activation.Door)));
            }
            catch (Exception)
            {
                // Asked again, from the same place.
            }
        }
    }

    /// <summary>Reads what is left, when the world stands still.</summary>
    public void Check(GuestSession state, IReadOnlyList<EventSummary> timeline)
    {
        var door = new SessionDoor(_key, state, journal, world.ClockOf(state), state.Clock!.Boot, static _ => { });
        for (var place = -1L; place != _place;)
        {
            place = _place;
            Take(ReadAsync(door).GetAwaiter().GetResult());
        }

        HistoryCheck.Require(world, _place == state.Version, $"{Guest} is watched up to {_place}, not {state.Version}.");
        HistoryCheck.Require(world, timeline.All(one =>
            _told.TryGetValue(one.Sequence, out var told) && TimelineCheck.AreSame(told, one)),
            $"{Guest}: what a watcher was told last differs from the timeline.");
    }

    private Task<LivePage?> ReadAsync(SessionDoor door)
    {
        var bell = new CommitBell(new LiveSeats(), world.Time);
        return new LiveReader(_key, journal, door, new ReceiptReader(_key, journal, door), bell)
            .WatchAsync(_place, TimeSpan.Zero);
    }

    private void Take(LivePage? page)
    {
        if (page is null)
            return;
        Pages++;

        // Where something is missing a watcher begins anew, here with the whole history.
        _place = page.HasGap ? 0 : page.Place;
        foreach (var one in page.Events)
            _told[one.Sequence] = one;
    }
}
