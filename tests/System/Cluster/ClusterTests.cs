using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Rows 1, 2, 3 and 11 of the fault plan: three silos, two API hosts, PostgreSQL, mutual TLS.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    /// <summary>
    /// The promises are 20 s and 15 s, on machines of their own: the figures tell. These are bounds for a busy one, where
    /// everything that has to notice and to move waits for its turn.
    /// </summary>
    private static readonly TimeSpan AnswersAgain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan IngestIsBack = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Silos_killed_frozen_and_restarted_and_a_killed_database_lose_nothing_and_reorder_nothing()
    {
        await using var run = await ClusterRun.PrepareAsync(new FaultPlan(), output.WriteLine);

        await PassAsync(run);

        Assert.InRange(Answers.At(run.Recoveries, 0.99), TimeSpan.Zero, AnswersAgain);
        Assert.InRange(Answers.At(run.DatabaseRecoveries, 0.99), TimeSpan.Zero, IngestIsBack);
    }

    /// <summary>Row 18.</summary>
    [Fact]
    public async Task A_slow_standby_and_a_primary_lost_for_good_while_its_standby_stood_still_lose_nothing_and_reorder_nothing()
    {
        var plan = new FaultPlan
        {
            Kills = 0,
            Pauses = 0,
            DatabaseKills = 0,
            Rolls = 0,
            DoubleLosses = Scale.Of("DOUBLE_LOSSES", 1),
            SlowStandbys = Scale.Of("SLOW_STANDBYS", 1),
        };
        await using var run = await ClusterRun.PrepareAsync(plan, output.WriteLine);

        await PassAsync(run);

        Assert.InRange(Answers.At(run.FailoverRecoveries, 0.99), TimeSpan.Zero, AnswersAgain);
    }

    [Fact]
    public async Task Silos_restarted_one_after_the_other_under_load_leave_no_call_unanswered_and_nothing_in_doubt()
    {
        var plan = new FaultPlan { Kills = 0, Pauses = 0, DatabaseKills = 0, Rolls = 1 };
        await using var run = await ClusterRun.PrepareAsync(plan, output.WriteLine);

        var seen = await PassAsync(run);

        Assert.Empty(seen.Duplicates);
        if (seen.History.Timelines.Values.Any(static timeline => timeline.Any(static @event => @event.IsInDoubt)))
            Assert.Fail(await run.TellOfDoubtAsync(seen.History));
        Assert.InRange(seen.Longest, TimeSpan.Zero, AnswersAgain);
    }

    /// <summary>The whole run, held to the invariants.</summary>
    private async Task<ClusterFigures> PassAsync(ClusterRun run)
    {
        History history;
        try
        {
            history = await run.CompleteAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(run.Tell(exception.Message), exception);
        }

        var violations = HistoryChecker.Check(history);
        var figures = run.Figures(history, violations);
        output.WriteLine(figures.ToString());
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(50)));
        Assert.DoesNotContain(history.Timelines.Values, static timeline =>
            timeline.Any(static @event => @event.State == "quarantined"));
        return figures;
    }
}
