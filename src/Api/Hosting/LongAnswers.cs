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
    /// How long a client may take over what is still to be said when the host stops, and then over closing its connection.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _overdue = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Those of all answers, open or ended: an answer has ended when the server has it all, which its client may never take.
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
        Remember(context.Features.GetRequiredFeature<IConnectionLifetimeFeature>());
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

        _ = CloseLateAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => _stopped.CancelAsync();

    public void Dispose()
    {
        _end.Dispose();
        _overdue.Dispose();
        _stopped.Dispose();
    }

    private void Remember(IConnectionLifetimeFeature connection)
    {
        if (_connections.TryAdd(connection, true))
            connection.ConnectionClosed.Register(() => _connections.TryRemove(connection, out _));
    }

    /// <summary>Closes, while the server waits for them, the connections whose clients do not.</summary>
    private async Task CloseLateAsync()
    {
        await Task.Delay(Patience, time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_stopped.IsCancellationRequested)
            return;
        foreach (var connection in _connections.Keys)
            connection.Abort();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _none.TrySetResult();
    }
}
