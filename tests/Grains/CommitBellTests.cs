using GuestSessions.Grains.Live;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class CommitBellTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Who_waits_is_woken_by_the_next_commit_and_not_by_the_one_before()
    {
        using var bell = new CommitBell(new LiveSeats(), _time);
        bell.Committed();
        var waiting = bell.WaitAsync(Patience);
        Assert.False(waiting.IsCompleted);

        bell.Committed();

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Nothing_happening_is_an_answer_too()
    {
        using var bell = new CommitBell(new LiveSeats(), _time);
        var waiting = bell.WaitAsync(Patience);

        _time.Advance(Patience);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task So_many_watch_a_guest_and_no_more_until_one_is_answered()
    {
        using var bell = new CommitBell(new LiveSeats(), _time);
        var waiting = Enumerable.Range(0, CommitBell.MostWaiting).Select(_ => bell.WaitAsync(Patience)).ToList();

        Assert.False(await bell.WaitAsync(Patience));
        bell.Committed();
        await Task.WhenAll(waiting);
        var next = bell.WaitAsync(Patience);
        bell.Committed();

        Assert.True(await next);
    }

    [Fact]
    public async Task A_silo_has_so_many_seats_over_all_guests()
    {
        var seats = new LiveSeats(1);
        using var one = new CommitBell(seats, _time);
        using var other = new CommitBell(seats, _time);
        var waiting = one.WaitAsync(Patience);

        Assert.False(await other.WaitAsync(Patience));
        one.Committed();
        await waiting;
        var next = other.WaitAsync(Patience);
        other.Committed();

        Assert.True(await next);
    }

    [Fact]
    public async Task Who_waits_when_the_activation_ends_is_answered()
    {
        var bell = new CommitBell(new LiveSeats(), _time);
        var waiting = bell.WaitAsync(Patience);

        bell.Dispose();

        Assert.True(await waiting);
    }
}
