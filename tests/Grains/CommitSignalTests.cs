using GuestSessions.Core;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Guests;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class CommitSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly GuestSession State = new(SessionLimits.Default);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public Task Who_waits_is_woken_by_the_next_commit_and_not_by_the_one_before() => OneAtATime.RunAsync(async () =>
    {
        using var signal = new CommitSignal(new WatcherLimit(), _time);
        signal.OnCommitted(State);
        var waiting = WaitAsync(signal);
        Assert.False(waiting.IsCompleted);

        signal.OnCommitted(State);

        Assert.True(await waiting);
    });

    [Fact]
    public Task Nothing_happening_is_an_answer_too() => OneAtATime.RunAsync(async () =>
    {
        using var signal = new CommitSignal(new WatcherLimit(), _time);
        var waiting = WaitAsync(signal);

        _time.Advance(Patience);

        Assert.True(await waiting);
    });

    [Fact]
    public Task So_many_watch_a_guest_and_no_more_until_one_is_answered() => OneAtATime.RunAsync(async () =>
    {
        using var signal = new CommitSignal(new WatcherLimit(), _time);
        var waiting = Enumerable.Range(0, CommitSignal.MostWaiting).Select(_ => WaitAsync(signal)).ToList();

        Assert.False(await WaitAsync(signal));
        signal.OnCommitted(State);
        await Task.WhenAll(waiting);
        var next = WaitAsync(signal);
        signal.OnCommitted(State);

        Assert.True(await next);
    });

    [Fact]
    public Task A_silo_has_so_many_watchers_over_all_guests() => OneAtATime.RunAsync(async () =>
    {
        var limit = new WatcherLimit(1);
        using var one = new CommitSignal(limit, _time);
        using var other = new CommitSignal(limit, _time);
        var waiting = WaitAsync(one);

        Assert.False(await WaitAsync(other));
        one.OnCommitted(State);
        await waiting;
        var next = WaitAsync(other);
        other.OnCommitted(State);

        Assert.True(await next);
    });

    [Fact]
    public Task Who_waits_when_the_activation_ends_is_answered() => OneAtATime.RunAsync(async () =>
    {
        var signal = new CommitSignal(new WatcherLimit(), _time);
        var waiting = WaitAsync(signal);

        signal.Dispose();

        Assert.True(await waiting);
    });

    private static async Task<bool> WaitAsync(CommitSignal signal)
    {
        if (signal.TryEnter() is not { } entered)
            return false;
        await signal.WaitAsync(entered, Patience);
        return true;
    }
}
