using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// Somebody who watches a guest: asks for a page after the other, whatever fails, and keeps of each event what was told of
/// it last. In the end it must know what the timeline says.
/// </summary>
internal sealed class SimulatedWatcher(World world, string guest)
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
            var patience = TimeSpan.FromMilliseconds(world.Random.Next(2) * 500);
            try
            {
                Take(await world.CallAsync(_key, activation => activation.Live.WatchAsync(_place, patience)));
            }
            catch (Exception)
            {
                // Asked again, from the same place.
            }
        }
    }

    /// <summary>Reads what is left, when the world stands still.</summary>
    public void Check(GuestRuntime runtime, long version, IReadOnlyList<EventSummary> timeline)
    {
        for (var place = -1L; place != _place;)
        {
            place = _place;
            Take(runtime.Live.WatchAsync(_place, TimeSpan.Zero).GetAwaiter().GetResult());
        }

        HistoryCheck.Require(world, _place == version, $"{Guest} is watched up to {_place}, not {version}.");
        HistoryCheck.Require(world, timeline.All(one =>
            _told.TryGetValue(one.Sequence, out var told) && TimelineCheck.AreSame(told, one)),
            $"{Guest}: what a watcher was told last differs from the timeline.");
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
