namespace GuestSessions.Client;

/// <summary>Ends one call at its caller's wish, or when its time is over.</summary>
internal sealed class CallLimit : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public CallLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _time = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, caller);
    }

    /// <exception cref="EventNotStoredException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    public async Task<T> KeepAsync<T>(string? eventId, Func<LastFailure, CancellationToken, Task<T>> call)
    {
        var failure = new LastFailure();
        try
        {
            return await call(failure, _either.Token).ConfigureAwait(false);
        }
        // Cancelled tries end with whatever the last one ended with, which hides why those before it failed.
        catch (Exception ended) when (_either.IsCancellationRequested && ended is not GuestSessionsException)
        {
            _caller.ThrowIfCancellationRequested();
            throw new EventNotStoredException(eventId, DropReason.TimedOut, failure.Why ?? ended);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
