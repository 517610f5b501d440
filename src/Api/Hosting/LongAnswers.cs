using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Answers that last as long as their client likes. They end before the server closes its connections, for Kestrel stops
/// its heartbeat first: an HTTP/2 connection whose last stream ends after that is woken by nothing but its client, and the
/// host would wait for that client until its own time is over.
/// </summary>
internal sealed class LongAnswers(TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>
    /// How long a client may take over what is still to be said when the host stops, and then over closing its connection
    /// when it is asked to.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _overdue = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Of all answers, open or ended: an answer has ended when the server has it all, which its client may never take.
    private readonly ConcurrentDictionary<IConnectionLifetimeFeature, bool> _connections = [];
    private int _open = 1; // The host itself, until it stops.

    /// <summary>The host stops: what would be opened now would end at once.</summary>
    public bool IsEnding => _end.IsCancellationRequested;

    /// <param name="context">Who is cut off when it takes too long to end.</param>
    /// <param name="serve">Answers until the token says that the host stops.</param>
    public async Task ServeAsync(HttpContext context, Func<CancellationToken, Task> serve)
    {
        Interlocked.Increment(ref _open);
        context.Response.OnCompleted(() =>
        {
            Leave();
            return Task.CompletedTask;
        });
        CloseInTime(context.Features);
        await using var overdue = _overdue.Token.Register(context.Abort);
        await serve(_end.Token);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (IsEnding)
            return;
        await _end.CancelAsync();
        Leave();
        try
        {
            await _none.Task.WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            await _overdue.CancelAsync();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _end.Dispose();
        _overdue.Dispose();
    }

    /// <summary>Sees to it that the connection of an answer is closed when the server asks for that.</summary>
    private void CloseInTime(IFeatureCollection features)
    {
        if (features.Get<IConnectionLifetimeFeature>() is not { } connection
            || features.Get<IConnectionLifetimeNotificationFeature>() is not { } notice
            || !_connections.TryAdd(connection, true))
            return;
        connection.ConnectionClosed.Register(() => _connections.TryRemove(connection, out _));
        notice.ConnectionClosedRequested.Register(() => _ = CloseLateAsync(connection));
    }

    private async Task CloseLateAsync(IConnectionLifetimeFeature connection)
    {
        await Task.Delay(Patience, time, connection.ConnectionClosed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!connection.ConnectionClosed.IsCancellationRequested)
            connection.Abort();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _none.TrySetResult();
    }
}
