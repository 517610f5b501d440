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
    public async Task<T> KeepAsync<T>(string? eventId, Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return await call(_either.Token).ConfigureAwait(false);
        }
        // Cancelled tries end with the failure of the last one, whatever that was. It becomes the inner exception.
        catch (Exception ended) when (_either.IsCancellationRequested && ended is not GuestSessionsException)
        {
            _caller.ThrowIfCancellationRequested();
            throw new EventNotStoredException(eventId, DropReason.TimedOut, ended);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
