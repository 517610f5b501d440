using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Core.Tests.Operations;

public sealed class ReplayTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly List<OperationRecord> _saved = [];

    private OperationRecord Record { get; } = new()
    {
        Id = "op",
        Tenant = "shop",
        Kind = OperationRecord.ReplayKind,
        Act = new PersonAct("kim", Given.Start, "asked for"),
        First = 3,
        Last = 10,
        Next = 3,
        Total = 8,
    };

    [Fact]
    public async Task Step_by_step_it_comes_to_the_end_and_saves_each()
    {
        var done = await RunAsync(Record, Steps(Made(7, 3), Made(11, 7)));

        Assert.Equal((11, 7, 1), (done.Next, done.Replayed, done.Skipped));
        Assert.Equal([7, 11], _saved.Select(saved => saved.Next));
        Assert.Equal([null, Given.Start], _saved.Select(saved => saved.EndedAt));
    }

    [Fact]
    public async Task It_goes_from_line_to_line_and_counts_over_all_of_them()
    {
        var done = await RunAsync(
            Record with { Guest = "browser", Further = [new ReplayedLine("own", 4)], Total = 10 },
            Steps(Made(7, 3), Made(11, 7), Made(5, 2)));

        Assert.Equal([("browser", 7L), ("own", 3), ("own", 5)], _saved.Select(saved => (saved.Guest!, saved.Next)));
        Assert.Equal((9, 1, Given.Start), (done.Replayed, done.Skipped, done.EndedAt));
    }

    [Fact]
    public async Task While_the_line_is_full_it_waits_and_asks_again()
    {
        var steps = Steps(Made(3, 0), Made(3, 0), Made(11, 8));
        var running = RunAsync(Record, steps);

        for (var i = 0; i < 2; i++)
        {
            Assert.False(running.IsCompleted);
            Assert.Equal(2 - i, steps.Count);
            _time.Advance(Replay.Pause);
        }

        Assert.Equal(8, (await running).Replayed);
        Assert.Single(_saved);
    }

    [Fact]
    public async Task One_that_the_session_has_forgotten_fails_and_says_how_far_it_came()
    {
        var done = await RunAsync(Record, Steps(Made(7, 4), Made(7, 0, isForgotten: true)));

        Assert.True(done.HasFailed);
        Assert.Equal((Given.Start, 4L), (done.EndedAt, done.Replayed));
        Assert.Equal(done, _saved[^1]);
    }

    [Fact]
    public async Task After_a_crash_it_goes_on_where_it_was_saved_last()
    {
        await Assert.ThrowsAsync<IOException>(() => RunAsync(Record, Steps(Made(7, 4), null)));

        var asked = new List<long>();
        await new Replay(
            record =>
            {
                asked.Add(record.Next);
                return Task.FromResult(Made(11, 8));
            },
            (_, _) => Task.CompletedTask, _time).RunAsync(_saved[^1], CancellationToken.None);

        Assert.Equal([7L], asked);
    }

    [Fact]
    public async Task Getting_on_forgives_what_went_wrong_before()
    {
        var done = await RunAsync(Record with { Failures = OperationRecord.MostFailures - 1 }, Steps(Made(11, 8)));

        Assert.Equal(0, done.Failures);
    }

    [Fact]
    public void What_is_cut_short_again_and_again_without_getting_on_is_given_up()
    {
        var record = Record;
        for (var times = 1; times < OperationRecord.MostFailures; times++)
            record = record.CutShort(Given.Start);
        Assert.Equal((false, null), (record.HasFailed, record.EndedAt));

        record = record.CutShort(Given.Start);

        Assert.Equal((true, Given.Start), (record.HasFailed, record.EndedAt));
    }

    private static ReplayProgressMade Made(long next, long replayed, bool isForgotten = false) =>
        new(next, replayed, isForgotten);

    private static Queue<ReplayProgressMade?> Steps(params ReplayProgressMade?[] steps) => new(steps);

    /// <param name="steps">Null is one that fails.</param>
    private Task<OperationRecord> RunAsync(OperationRecord record, Queue<ReplayProgressMade?> steps) => new Replay(
        _ => steps.Dequeue() is { } made ? Task.FromResult(made) : throw new IOException(),
        (saved, _) =>
        {
            _saved.Add(saved);
            return Task.CompletedTask;
        },
        _time).RunAsync(record, CancellationToken.None);
}
