namespace GuestSessions.Core.Sessions;

/// <summary>
/// Take a browser's events, by an ownership that was claimed for this very command: a row read that already names the
/// guest proves nothing, because that ownership may have been released since.
/// </summary>
/// <param name="From">Key of the last owner that was another; null when there was none.</param>
/// <param name="IsDrained">The owner before said that it has drained.</param>
/// <param name="Line">The guest id of the owner before, if that is a browser nobody had named.</param>
/// <param name="Releases"><see cref="BrowserLinks.Releases"/> from before the owner row was read.</param>
/// <param name="Now">By the clock of the state; known where it is decided.</param>
public sealed record LinkBrowser(
    string Guest, string BrowserId, long Generation, string? From, bool IsDrained, string? Line, long Releases,
    DateTimeOffset Now = default)
{
    /// <summary>The browser's sessions as the owner before knows them, see <see cref="Decider.SessionsOf"/>.</summary>
    public IReadOnlyList<UpstreamSession> Known { get; init; } = [];
}

/// <summary>Take no more events of a browser: another guest is about to own it.</summary>
/// <param name="Guest">The guest's own id; the row may name it before it was ever seen.</param>
/// <param name="Generation">The ownership to give up.</param>
/// <param name="From">Key of the last owner that was another; null when there was none.</param>
/// <param name="Line">The guest id of that owner, if it is a browser nobody had named.</param>
public sealed record ReleaseBrowser(
    string Guest, string BrowserId, long Generation, string? From, string? Line, DateTimeOffset Now)
{
    /// <summary>Guest id of the next owner, who continues what is open.</summary>
    public required string To { get; init; }

    /// <summary>
    /// For a guest that claimed the browser and never used it: the sessions as the guest of <c>From</c> knows them.
    /// </summary>
    public IReadOnlyList<UpstreamSession> Known { get; init; } = [];
}

/// <summary>The answer to <see cref="LinkBrowser"/>.</summary>
public enum LinkVerdict
{
    /// <summary>The guest takes the browser's events.</summary>
    Linked,

    /// <summary>It was released meanwhile: the owner row has to be read again.</summary>
    Superseded,

    /// <summary>The guest has too many browsers at work; nothing is linked, and the same can come again.</summary>
    Full,
}

/// <summary>The answer to <see cref="ReleaseBrowser"/>: the same, however often it is asked for.</summary>
/// <param name="Sessions">What the next owner has to know of the browser's sessions.</param>
public sealed record ReleaseOutcome(ReleaseVerdict Verdict, IReadOnlyList<UpstreamSession> Sessions);

/// <summary>What a release came to.</summary>
public enum ReleaseVerdict
{
    /// <summary>It takes no more, and has yet to deliver what it took.</summary>
    Draining,

    /// <summary>It takes no more, and everything it took is settled.</summary>
    Drained,

    /// <summary>The browser went on to a later ownership: the owner row has to be read again.</summary>
    Superseded,

    /// <summary>Too many releases are draining.</summary>
    Full,
}
