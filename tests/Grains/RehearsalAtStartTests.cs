using GuestSessions.Grains.Rehearsals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class RehearsalAtStartTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BrokenLog _log = new();

    [Fact]
    public async Task The_start_waits_until_the_rehearsal_has_ended()
    {
        var ends = new TaskCompletionSource<int>();
        var starting = StartAsync(_ => ends.Task);
        Assert.False(starting.IsCompleted);

        ends.SetResult(64);

        await starting;
        Assert.Empty(_log.Broken);
    }

    [Fact]
    public async Task A_rehearsal_that_fails_is_logged_and_the_start_goes_on()
    {
        var fault = new InvalidOperationException("It does not work here.");

        await StartAsync(_ => Task.FromException<int>(fault));

        Assert.Same(fault, Assert.Single(_log.Broken));
    }

    [Fact]
    public async Task A_rehearsal_that_hangs_is_ended_after_two_seconds_and_the_start_goes_on()
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        var starting = StartAsync(end =>
        {
            begun.SetResult(end);
            return new TaskCompletionSource<int>().Task;
        });
        var end = await begun.Task;
        _time.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.False(starting.IsCompleted || end.IsCancellationRequested);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        await starting;
        Assert.True(end.IsCancellationRequested);
        Assert.IsType<TimeoutException>(Assert.Single(_log.Broken));
    }

    private async Task StartAsync(Func<CancellationToken, Task<int>> rehearse)
    {
        var atStart = new RehearsalAtStart(rehearse, _time, new Logger<RehearsalAtStart>(_log.ToFactory()));
        await atStart.StartingAsync(CancellationToken.None);
        await atStart.StartAsync(CancellationToken.None);
    }
}
