namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>
/// The browsers that one guest is about to own. Calls that need such a browser wait until it is linked. A second claim would
/// only delay the first one, and an SDK's event that is sent elsewhere may follow the browser from guest to guest.
/// Single-threaded like its guest.
/// </summary>
internal sealed class ClaimsUnderWay(TimeProvider time)
{
    /// <summary>
    /// Maximum time to wait for a claim. A claim takes milliseconds. One that takes longer than this waits for a silo that
    /// is gone, and callers cannot wait that long.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Not Task.WaitAsync: it would continue on the thread pool, which a simulation does not control.
    private Dictionary<string, List<Signal>>? _claims;

    public bool Any => _claims is not null;

    /// <returns>Whether there was a claim and it has ended.</returns>
    public async Task<bool> AwaitAsync(string browserId)
    {
        if (_claims is null || !_claims.TryGetValue(browserId, out var waiting))
            return false;
        var ended = new Signal(time);
        waiting.Add(ended);
        return await ended.WaitAsync(Patience);
    }

    /// <summary>Begins a claim. If two claims of a browser run in parallel, callers wait for the later one.</summary>
    public void Begin(string browserId) =>
        (_claims ??= new(StringComparer.OrdinalIgnoreCase))[browserId] = [];

    public void End(IEnumerable<string> browsers)
    {
        foreach (var browserId in browsers)
        {
            if (_claims is not null && _claims.Remove(browserId, out var waiting))
                waiting.ForEach(static ended => ended.Set());
        }

        if (_claims is { Count: 0 })
            _claims = null;
    }
}
