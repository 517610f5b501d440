using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Sessions;

/// <summary>
/// Tells those who wait for a browser's events that none is undelivered any more. Looks on after every commit of its
/// guest, and leaves the commits themselves to delivery. Single-threaded like its door.
/// </summary>
public sealed class DeliveryWatch(ICommitRider delivery, GuestSession state, TimeProvider time) : ICommitRider
{
    /// <summary>More than this wait at nobody's: a guest has a few pages open, not a hundred.</summary>
    public const int MostWaiting = 100;

    private readonly List<Waiting> _waiting = [];

    public void Ride(SessionWork work) => delivery.Ride(work);

    public void Committed()
    {
        delivery.Committed();
        if (_waiting.Count == 0)
            return;
        foreach (var waiting in _waiting.Where(waiting => !IsPending(waiting.BrowserId)).ToList())
        {
            _waiting.Remove(waiting);
            waiting.Done.TrySetResult();
        }
    }

    /// <returns>Whether nothing of the browser is undelivered; false after <paramref name="patience"/>.</returns>
    public async Task<bool> AwaitAsync(string browserId, TimeSpan patience)
    {
        if (!IsPending(browserId))
            return true;
        if (patience <= TimeSpan.Zero || _waiting.Count == MostWaiting)
            return false;

        var waiting = new Waiting(browserId);
        _waiting.Add(waiting);
        try
        {
            await waiting.Done.Task.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            _waiting.Remove(waiting);
            return false;
        }
    }

    /// <summary>Here, or in the line that had the browser before and has not drained.</summary>
    private bool IsPending(string browserId) =>
        state.Browsers.All.Any(link => !link.IsClear && link.IsOf(browserId))
        || state.Line.Entries.Any(entry => string.Equals(
            entry.Event.BrowserId ?? state.BrowserId, browserId, StringComparison.OrdinalIgnoreCase));

    private sealed class Waiting(string browserId)
    {
        public string BrowserId { get; } = browserId;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
