namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>
/// The browsers that one guest is about to own. What needs such a browser waits until it is linked: claiming it once more
/// would only hold up the first claim, and an SDK's event that is told to go elsewhere may chase the browser from guest to
/// guest. Single-threaded like its guest.
/// </summary>
internal sealed class ClaimsUnderWay(TimeProvider time)
{
    /// <summary>
    /// A claim takes milliseconds. One that takes longer than this waits for a silo that is gone, and a caller's patience ends.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, TaskCompletionSource> _claims = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Whether there was a claim, and it has ended.</returns>
    public async Task<bool> AwaitAsync(string browserId)
    {
        if (!_claims.TryGetValue(browserId, out var claim))
            return false;
        try
        {
            await claim.Task.WaitAsync(Patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Where two claims of a browser run side by side all the same, the later one is waited for.</summary>
    public void Begin(string browserId) =>
        _claims[browserId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void End(IEnumerable<string> browsers)
    {
        foreach (var browserId in browsers)
        {
            if (_claims.Remove(browserId, out var claim))
                claim.SetResult();
        }
    }
}
