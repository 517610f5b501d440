using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Wakes the watchers that wait for the next commit of a guest. Their number is bounded, and each holds only its call.
/// </summary>
internal sealed class CommitSignal(WatcherLimit limit, TimeProvider time) : ICommitParticipant, IDisposable
{
    /// <summary>Maximum number of watchers per guest. More than this are caused by a loop, not by people.</summary>
    public const int MostWaiting = 20;

    private readonly List<Signal> _waiting = [];

    public void OnCommitted(GuestSession state) => Wake();

    /// <summary>Begins to wait for the next commit; null when the watcher limit is reached.</summary>
    public Signal? TryEnter()
    {
        if (_waiting.Count == MostWaiting || !limit.TryEnter())
            return null;
        var signal = new Signal(time);
        _waiting.Add(signal);
        return signal;
    }

    public async Task WaitAsync(Signal signal, TimeSpan patience)
    {
        try
        {
            await signal.WaitAsync(patience);
        }
        finally
        {
            _waiting.Remove(signal);
            limit.Leave();
        }
    }

    /// <summary>Wakes all watchers when the activation ends. They get an answer and ask the next activation.</summary>
    public void Dispose() => Wake();

    private void Wake() => _waiting.ForEach(static signal => signal.Set());
}
