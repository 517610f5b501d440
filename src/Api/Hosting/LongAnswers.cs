using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Serves answers that last as long as their client likes, and ends them before the server closes its connections. Kestrel
/// stops its heartbeat first: if the last stream of an HTTP/2 connection ended after that, only its client could wake the
/// connection, and the host would wait for that client until its shutdown time-out.
/// </summary>
internal sealed class LongAnswers(TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>
    /// When the host stops, how long a client may take to read the rest of its answer, and then to close its connection on
    /// request.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _overdue = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Connections of all answers, open or ended. An answer has ended when the server has all of it, but its client may
    // never read it.
    private readonly ConcurrentDictionary<IConnectionLifetimeFeature, bool> _connections = [];
    private int _open = 1; // The host itself, until it stops.

    /// <summary>The host stops: an answer that is opened now would end at once.</summary>
    public bool IsEnding => _end.IsCancellationRequested;

    /// <param name="context">The request; it is aborted when the answer takes too long to end.</param>
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

    /// <summary>Makes sure that the connection of an answer is closed once the server asks for it.</summary>
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
