using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// The state of one guest session. Only <see cref="Apply(SessionEvent)"/> changes it, for replay and for live
/// commands alike. <see cref="Decider"/> decides what happens next.
/// </summary>
public sealed partial class GuestSession(SessionLimits limits)
{
    public SessionLimits Limits { get; } = limits;

    /// <summary>Version of the last commit applied; 0 for a guest never seen.</summary>
    public long Version { get; set; }

    /// <summary>Version of the snapshot it was restored from; 0 for one replayed from its first commit.</summary>
    public long SnapshotVersion { get; private init; }

    /// <summary>Whether the guest was erased: it accepts nothing, and its state is empty.</summary>
    public bool IsErased { get; private init; }

    /// <summary>The id its caller chose; null for a guest never seen.</summary>
    public string? Guest { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Sequence of the event accepted last.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Number of the session started last.</summary>
    public int LastSession { get; private set; }

    /// <summary>The highest order time of any event accepted.</summary>
    public DateTimeOffset LastOrderAt { get; private set; }

    /// <summary>The highest order time of any event that was started; a new event with an earlier time is late.</summary>
    public DateTimeOffset? LastSentOrderAt { get; private set; }

    public long DeliveredCount { get; private set; }

    public long DiscardedCount { get; private set; }

    /// <summary>Who paused delivery, and why; null if delivery is not paused.</summary>
    public PersonAct? Pause { get; private set; }

    /// <summary>The guest's own browser id, once the upstream gave one.</summary>
    public string? BrowserId { get; private set; }

    public string? CustomerReference { get; private set; }

    /// <summary>Failed attempts to get a browser id since the last success.</summary>
    public int BrowserIdAttempts { get; private set; }

    public DateTimeOffset? BrowserIdRetryAt { get; private set; }

    public DedupWindow Dedup { get; } = new(limits);

    public Line Line { get; } = new();

    /// <summary>The start whose outcome is not known yet.</summary>
    public OpenStart? Open { get; private set; }

    public SetAside SetAside { get; } = new();

    public IdentifierSet Identifiers { get; } = new();

    public UpstreamSessions Sessions { get; } = new(limits);

    /// <summary>Whether the guest has undelivered events, an unfinished link or an unfinished blanking: recovery keeps it active.</summary>
    public bool IsPending => Line.Count > 0 || Browsers.IsWaiting || _blanking is not null;

    /// <summary>
    /// The browser id that an event is sent with; null while the guest has none yet, or does not know the upstream id
    /// of a local one.
    /// </summary>
    public string? BrowserIdOf(EventRecorded recorded) => recorded.BrowserId is not { } named
        ? BrowserId
        : LocalBrowserIds.Is(named) ? UpstreamIdOf(named) : named;
}
