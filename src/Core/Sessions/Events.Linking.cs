namespace GuestSessions.Core.Sessions;

/// <summary>
/// The guest now owns a browser id and accepts its events. They are not sent before the previous owner has drained.
/// </summary>
/// <param name="Generation">The ownership's <see cref="Journal.BrowserOwner.Generation"/>.</param>
/// <param name="From">Key of the previous owner while it has not drained; null if there is nothing to wait for.</param>
/// <param name="Line">The guest id of an anonymous browser whose history is read as this guest's own.</param>
/// <param name="Forgets">An idle browser id whose link is removed in exchange; its owner row finds it again.</param>
/// <param name="Sessions">
/// The browser's sessions as the previous owner knew them, with their numbers in this line; null if this line knew
/// all of it.
/// </param>
public sealed record BrowserLinked(
    string BrowserId, long Generation, DateTimeOffset At, string? From = null, string? Line = null,
    string? Forgets = null, IReadOnlyList<UpstreamSession>? Sessions = null) : SessionEvent;

/// <summary>The next owner of their browser continues these sessions.</summary>
/// <param name="Sessions">Their numbers.</param>
/// <param name="To">Guest id of that owner.</param>
public sealed record SessionsForwarded(IReadOnlyList<int> Sessions, string To, DateTimeOffset At) : SessionEvent;

/// <summary>
/// The guest accepts no more events of the browser: another is about to own it. It still delivers those that it
/// accepted.
/// </summary>
public sealed record BrowserReleased(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>No event of a released browser is undelivered any more: the next owner may send.</summary>
public sealed record BrowserDrained(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>The previous owner has drained: the browser's events may be sent.</summary>
public sealed record BrowserCleared(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>The guest learned the upstream id of a local browser id that is linked to it.</summary>
public sealed record LocalBrowserMapped(string LocalId, string BrowserId, DateTimeOffset At) : SessionEvent;
