using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests.Delivery;

/// <summary>Wakes callers that wait for a browser's events when none is undelivered any more.</summary>
internal sealed class DeliveryWatch(SessionCommitter committer, TimeProvider time) : ICommitParticipant
{
    /// <summary>Maximum number of waiters per guest. A guest has a few pages open, not a hundred.</summary>
    public const int MostWaiting = 100;

    private readonly List<(string BrowserId, Signal Delivered)> _waiting = [];

    public void OnCommitted(GuestSession state)
    {
        foreach (var (browserId, delivered) in _waiting)
        {
            if (!IsPending(state, browserId))
                delivered.Set();
        }
    }

    /// <returns>Whether no event of the browser is undelivered; false after <paramref name="patience"/>.</returns>
    public async Task<bool> AwaitAsync(string browserId, TimeSpan patience)
    {
        var waiting = (browserId, Delivered: new Signal(time));
        var mayWait = false;
        var isPending = await committer.ReadAsync(state =>
        {
            var isPending = IsPending(state, browserId);
            mayWait = isPending && patience > TimeSpan.Zero && _waiting.Count < MostWaiting;
            if (mayWait)
                _waiting.Add(waiting);
            return isPending;
        });
        if (!mayWait)
            return !isPending;

        try
        {
            return await waiting.Delivered.WaitAsync(patience);
        }
        finally
        {
            _waiting.Remove(waiting);
        }
    }

    /// <summary>
    /// Whether an event of the browser is undelivered, in this line or in a previous owner's that has not drained.
    /// </summary>
    private static bool IsPending(GuestSession state, string browserId) =>
        state.Browsers.All.Any(link => !link.IsClear && link.IsOf(browserId))
        || state.Line.Entries.Any(entry => string.Equals(
            entry.Event.BrowserId ?? state.BrowserId, browserId, StringComparison.OrdinalIgnoreCase));
}
