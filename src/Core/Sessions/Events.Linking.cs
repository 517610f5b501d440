namespace GuestSessions.Core.Sessions;

/// <summary>
/// The guest owns a browser id from here on and takes its events; they are not sent before the owner before it has
/// drained.
/// </summary>
/// <param name="Generation">The ownership, as <see cref="Journal.BrowserOwner.Generation"/> counts it.</param>
/// <param name="From">Key of the owner before, as long as it has not drained; null when there is nothing to wait for.</param>
/// <param name="Line">The guest id of a browser nobody had named: its history is read as this guest's own.</param>
/// <param name="Forgets">A browser id whose link is let go for it: idle, and found again by its owner row.</param>
/// <param name="Sessions">
/// What the owner before knew of the browser's sessions, by the numbers that they have in this line; null when there was
/// nothing this line did not know.
/// </param>
public sealed record BrowserLinked(
    string BrowserId, long Generation, DateTimeOffset At, string? From = null, string? Line = null,
    string? Forgets = null, IReadOnlyList<UpstreamSession>? Sessions = null) : SessionEvent;

/// <summary>The next owner of their browser continues these sessions.</summary>
/// <param name="Sessions">Their numbers.</param>
/// <param name="To">Guest id of that owner.</param>
public sealed record SessionsPassedOn(IReadOnlyList<int> Sessions, string To, DateTimeOffset At) : SessionEvent;

/// <summary>The guest takes no more events of the browser: another is about to own it. What it took, it delivers.</summary>
public sealed record BrowserReleased(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>Nothing of a released browser is undelivered any more: the next owner may send.</summary>
public sealed record BrowserDrained(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>The owner before has drained: the browser's events may be sent.</summary>
public sealed record BrowserCleared(string BrowserId, long Generation, DateTimeOffset At) : SessionEvent;

/// <summary>The guest learned what the upstream calls a browser of a local id that it was named for.</summary>
public sealed record LocalBrowserMapped(string LocalId, string BrowserId, DateTimeOffset At) : SessionEvent;
