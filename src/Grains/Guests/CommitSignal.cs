using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Wakes those who wait for the next commit of a guest: a bounded number of them, who hold nothing but their call.
/// </summary>
internal sealed class CommitSignal(WatcherLimit limit, TimeProvider time) : ICommitParticipant, IDisposable
{
    /// <summary>The maximum number of watchers per guest. More than this is a loop somewhere, not people.</summary>
    public const int MostWaiting = 20;

    private readonly List<Signal> _waiting = [];

    public void OnCommitted(GuestSession state) => Wake();

    /// <summary>Begins to wait for the next commit; null when too many wait already.</summary>
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

    /// <summary>The activation ends: all who wait get an answer, and ask another one.</summary>
    public void Dispose() => Wake();

    private void Wake() => _waiting.ForEach(static signal => signal.Set());
}
