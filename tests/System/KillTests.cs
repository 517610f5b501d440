using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>Row 4 of the fault plan: the all-in-one on SQLite, killed under load.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_again_and_again_under_load_it_loses_nothing_and_reorders_nothing()
    {
        var plan = new KillPlan();
        await using var run = await KillRun.PrepareAsync(plan);
        var history = await run.CompleteAsync();

        var violations = HistoryChecker.Check(history);
        output.WriteLine(run.Figures(history, violations));
        Assert.True(violations.Count == 0, $"Seed {plan.Seed}:\n{string.Join('\n', violations.Take(50))}");
        Assert.True(run.Acknowledged >= plan.Events, $"Only {run.Acknowledged} events were acknowledged.");
        Assert.DoesNotContain(history.Timelines.Values, static timeline =>
            timeline.Any(static @event => @event.State == "quarantined"));
    }

    [Fact]
    public async Task Events_of_a_guest_nobody_calls_again_are_delivered_after_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        SentEvent[] events = [.. Enumerable.Range(1, 20).Select(static n => new SentEvent("quiet", $"e{n}"))];

        await upstream.GoDownAsync();
        await client.RecordAsync(events);
        await silo.KillAsync();
        await upstream.ComeBackAsync();
        await silo.StartAsync();

        await Eventually.TrueAsync(
            () => upstream.Arrivals.Count >= events.Length, TimeSpan.FromSeconds(30), "all have arrived");
        Assert.Equal(
            events.Select(static @event => @event.Mark), upstream.Arrivals.Select(static got => got.Mark));
    }
}
