namespace GuestSessions.Core.Sessions;

/// <summary>
/// Accept a browser's events, with an ownership that was claimed for this command. A row that already names the guest
/// is no proof, because that ownership may have been released since.
/// </summary>
/// <param name="From">Key of the last other owner; null if there was none.</param>
/// <param name="IsDrained">Whether the previous owner reported that it has drained.</param>
/// <param name="Line">The guest id of the previous owner, if that is an anonymous browser.</param>
/// <param name="Releases"><see cref="BrowserLinks.Releases"/> as read before the owner row.</param>
/// <param name="Now">By the clock of the state; set when the command is decided.</param>
public sealed record LinkBrowser(
    string Guest, string BrowserId, long Generation, string? From, bool IsDrained, string? Line, long Releases,
    DateTimeOffset Now = default)
{
    /// <summary>The browser's sessions as the previous owner knows them, see <see cref="Decider.SessionsOf"/>.</summary>
    public IReadOnlyList<UpstreamSession> Known { get; init; } = [];
}

/// <summary>Accept no more events of a browser: another guest is about to own it.</summary>
/// <param name="Guest">The guest's own id; the row may name a guest that was never seen.</param>
/// <param name="Generation">The ownership to give up.</param>
/// <param name="From">Key of the last other owner; null if there was none.</param>
/// <param name="Line">The guest id of that owner, if it is an anonymous browser.</param>
public sealed record ReleaseBrowser(
    string Guest, string BrowserId, long Generation, string? From, string? Line, DateTimeOffset Now)
{
    /// <summary>Guest id of the next owner, which continues the open sessions.</summary>
    public required string To { get; init; }

    /// <summary>
    /// For a guest that claimed the browser and never used it: the sessions as the guest of <c>From</c> knows them.
    /// </summary>
    public IReadOnlyList<UpstreamSession> Known { get; init; } = [];
}

/// <summary>The answer to <see cref="LinkBrowser"/>.</summary>
public enum LinkDecision
{
    /// <summary>The guest accepts the browser's events.</summary>
    Linked,

    /// <summary>It was released meanwhile: read the owner row again.</summary>
    Superseded,

    /// <summary>The guest has too many active browsers. Nothing was linked; retry the same call.</summary>
    Full,
}

/// <summary>The answer to <see cref="ReleaseBrowser"/>: it stays the same if the command is repeated.</summary>
/// <param name="Sessions">The browser's sessions that the next owner needs.</param>
public sealed record ReleaseOutcome(ReleaseDecision Decision, IReadOnlyList<UpstreamSession> Sessions);

/// <summary>The result of a release.</summary>
public enum ReleaseDecision
{
    /// <summary>The guest accepts no more events, and must still deliver those that it accepted.</summary>
    Draining,

    /// <summary>The guest accepts no more events, and none that it accepted is undelivered.</summary>
    Drained,

    /// <summary>The browser has a later ownership: read the owner row again.</summary>
    Superseded,

    /// <summary>Too many releases are draining.</summary>
    Full,
}
