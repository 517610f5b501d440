using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Rehearsals;

/// <summary>
/// Rehearses while the silo starts. Add it as the last hosted service: the API of this process opens when it has ended. Calls of
/// other hosts may come earlier. A rehearsal that fails, or takes too long, only leaves the first callers slower.
/// </summary>
/// <param name="rehearse">Returns the number of events. It touches neither the store nor an upstream.</param>
public sealed partial class RehearsalAtStart(
    Func<CancellationToken, Task<int>> rehearse, TimeProvider time, ILogger<RehearsalAtStart> logger) : IHostedLifecycleService
{
    /// <summary>How long the start waits for it at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Task<int> _rehearsal = Task.FromResult(0);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // The other parts of the silo start meanwhile.
        _rehearsal = Task.Run(RehearseAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            LogRehearsed(await _rehearsal.WaitAsync(Patience, time, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it concerns no guest.
            LogFailed(exception);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> RehearseAsync()
    {
        using var end = new CancellationTokenSource(Patience, time);
        return await rehearse(end.Token);
    }

    [LoggerMessage(7701, LogLevel.Debug, "{Events} events were rehearsed.")]
    private partial void LogRehearsed(int events);

    [LoggerMessage(7702, LogLevel.Warning, "The rehearsal of an event's way failed; the first events are slower.")]
    private partial void LogFailed(Exception exception);
}
