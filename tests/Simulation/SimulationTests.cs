using System.Collections.Concurrent;
using System.Globalization;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The session core, the group commit, the gate, the dispatcher and the guests under seeded trouble. A failing seed is
/// printed; <c>SIMULATION_SEED=n</c> replays it alone, <c>SIMULATION_SEEDS=n</c> runs more of them.
/// </summary>
public sealed class SimulationTests
{
    private const int SeedsInTheTestRun = 10_000;

    [Fact]
    public void No_seed_breaks_an_invariant()
    {
        if (Setting("SIMULATION_SEED") is { } single)
        {
            Live(single);
            return;
        }

        var failures = new ConcurrentBag<Exception>();
        Parallel.For(0, Setting("SIMULATION_SEEDS") ?? SeedsInTheTestRun, (seed, loop) =>
        {
            try
            {
                Live(seed);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
                if (failures.Count >= 5)
                    loop.Stop();
            }
        });
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures.Select(failure => failure.ToString())));
    }

    [Fact]
    public void The_same_seed_is_the_same_life()
    {
        for (var seed = 0; seed < 50; seed++)
            Assert.Equal(Live(seed).Upstream.Arrivals, Live(seed).Upstream.Arrivals);
    }

    [Fact]
    public void The_trouble_is_real()
    {
        var worlds = Enumerable.Range(0, 200).Select(static seed => Live(seed)).ToList();

        Assert.Contains(worlds, world => world.CutShort > 0);
        Assert.Contains(worlds, world => world.HadTwoOwners);
        Assert.Contains(worlds, world => world.CircuitsOpened > 0);
        Assert.Contains(worlds, world => world.Replays.Any(replay => replay.Record?.Replayed > 2));
        Assert.Contains(worlds, world => world.Watcher.Pages > 5);
        Assert.Contains(worlds, world => world.Settle > TimeSpan.Zero);
        Assert.Contains(worlds, world => world is { HasOneMachine: true, ClocksSet: > 2 });
        Assert.Contains(worlds, world => world is { HasOneMachine: false, ClocksSet: > 2 });
        Assert.All(Enum.GetValues<PersonsAct>(), act => Assert.Contains(worlds, world => world.Acts.Contains(act)));
        Assert.Contains(worlds, world => world.Clients.Any(client => client.Refused > 0));
        Assert.Contains(worlds, world => world.Subject is { LiftedAt: null, Answers: var answers }
            && answers.Any(answer => answer.IsErased && !answer.EventId.Contains("late", StringComparison.Ordinal)));
        Assert.Contains(worlds, world => world.Subject is { LiftedAt: not null });
        Assert.Contains(worlds, world => world.Subject?.Record.Erasure!.Certificate is { Lines: 1, OnTheWayCount: > 0 });
        Assert.Contains(worlds, world => world.GuestsShed > 0);
        Assert.Contains(worlds, world => world.GuestsDeactivated > 0);
        Assert.Contains(worlds, world => world.Browsers.Any(browser => browser.Quarantined > 0));
        Assert.Contains(worlds, world => world.Browsers.Any(browser => browser.Delivered > 0));
        Assert.Contains(worlds, world => world.Browsers.Any(browser => browser.Moves > 0));
        Assert.Contains(worlds, world => world.Browsers.Any(browser =>
            browser.Answers.Select(answer => answer.Guest).Distinct().Count() > 2));
        Assert.Contains(worlds, world => world.Upstream.Arrivals.GroupBy(arrival => arrival.EventId).Any(same => same.Count() > 1));
    }

    [Fact]
    public void A_planted_use_of_the_wrong_clock_is_caught()
    {
        List<string> caught = [];
        for (var seed = 0; seed < 300; seed++)
        {
            try
            {
                Live(seed, jumpsUptime: true);
            }
            catch (HistoryViolation violation)
            {
                caught.Add(violation.Message);
            }
        }

        Assert.Contains(caught, static violation => violation.Contains("before its settle time", StringComparison.Ordinal));
        Assert.Contains(caught, static violation => violation.Contains("too old", StringComparison.Ordinal));
    }

    [Fact]
    public void A_planted_swap_is_caught_though_clocks_were_set()
    {
        var planted = 0;
        List<string> caught = [];
        for (var seed = 0; seed < 300; seed++)
        {
            var world = new World(seed);
            if (world.Settle == TimeSpan.Zero)
                continue;
            world.Run();
            if (world.ClocksSet == 0 || Neighbours(world) is not { } index)
                continue;
            world.Upstream.SwapWithNext(index);
            planted++;
            if (Record.Exception(() => HistoryCheck.Check(world)) is HistoryViolation violation)
                caught.Add(violation.Message);
        }

        // Of two that are redriven, late or of two eras, either may come first.
        Assert.True(planted > 30, $"{planted} swaps are too few.");
        Assert.True(caught.Count(static violation => violation.Contains(" arrived before ", StringComparison.Ordinal))
            > planted * 9 / 10, $"{caught.Count} of {planted} swaps are caught.");
    }

    /// <summary>Where in the upstream's log, at its end, two events of one guest follow each other that came once each.</summary>
    private static int? Neighbours(World world)
    {
        var arrivals = world.Upstream.Arrivals;
        var once = arrivals.GroupBy(static arrival => arrival.EventId).Where(static same => same.Count() == 1)
            .Select(static same => same.Key).ToHashSet();
        for (var i = arrivals.Count - 2; i >= 0; i--)
        {
            if (world.Clients.Any(client => IsPlain(client, arrivals[i]) && IsPlain(client, arrivals[i + 1])))
                return i;
        }

        return null;

        bool IsPlain(SimulatedClient client, Arrival arrival) => !arrival.Refused && once.Contains(arrival.EventId)
            && arrival.EventId.StartsWith(client.Guest + "-", StringComparison.Ordinal);
    }

    private static World Live(int seed, bool jumpsUptime = false)
    {
        var world = new World(seed, jumpsUptime);
        world.Run();
        HistoryCheck.Check(world);
        return world;
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
