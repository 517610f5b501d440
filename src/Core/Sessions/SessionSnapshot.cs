using System.Text.Json.Serialization;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// A guest session as data, from which the state can be rebuilt without its history. Stored as JSON
/// under the same rules as <see cref="SessionEvent"/>.
/// </summary>
public sealed record SessionSnapshot
{
    /// <summary>The version of the last commit it covers.</summary>
    public required long Version { get; init; }

    public required string Guest { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public StateClock? Clock { get; init; }
    public DateTimeOffset CommittedAt { get; init; }
    public TimeSpan OrderShift { get; init; }
    public required long LastSequence { get; init; }
    public required int LastSession { get; init; }
    public DateTimeOffset LastOrderAt { get; init; }
    public DateTimeOffset? LastSentOrderAt { get; init; }
    public string? BrowserId { get; init; }
    public string? CustomerReference { get; init; }
    public int BrowserIdAttempts { get; init; }
    public DateTimeOffset? BrowserIdRetryAt { get; init; }
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];
    public ContentHash? ProfileHash { get; init; }
    public IReadOnlyList<UpstreamSession> Sessions { get; init; } = [];

    [JsonConverter(typeof(RememberedIdsConverter))]
    public IReadOnlyList<RememberedId> Remembered { get; init; } = [];

    public IReadOnlyList<LineEntry> Line { get; init; } = [];
    public OpenStart? Open { get; init; }
    public IReadOnlyList<SetAsideEvent> SetAside { get; init; } = [];
    public long DeliveredCount { get; init; }
    public long DiscardedCount { get; init; }
    public PersonAct? Pause { get; init; }

    /// <summary>See <see cref="GuestSession.Reached"/>; null in snapshots that were written before it was kept.</summary>
    public long? Reached { get; init; }

    // Null stands for none: a list that is missing in an older snapshot reads as null, whatever its initializer says.
    public IReadOnlyList<BrowserLink>? Browsers { get; init; }
    public long BrowserReleases { get; init; }

    /// <summary>See <see cref="GuestSession.LocalBrowsers"/>; null if there are none.</summary>
    public IReadOnlyList<LocalBrowser>? LocalBrowsers { get; init; }
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>See <see cref="GuestSession.Replays"/>; null if there were none.</summary>
    public IReadOnlyList<ReplayProgress>? Replays { get; init; }

    /// <summary>See <see cref="GuestSession.ConsentDenied"/>; null while consent is granted.</summary>
    public PersonAct? ConsentDenied { get; init; }

    /// <summary>See <see cref="GuestSession.Blanking"/>; null if there are none.</summary>
    public IReadOnlyList<long>? Blanking { get; init; }
}

/// <summary>An undelivered event in the line.</summary>
public sealed record LineEntry
{
    /// <summary>The event as it was recorded.</summary>
    public required EventRecorded Event { get; init; }

    /// <summary>Number of starts so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The earliest time of the next attempt, after one that did not deliver.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public bool PossiblyDuplicate { get; init; }

    /// <summary>The last attempt that a takeover closed without its outcome; the outcome may still come.</summary>
    public int? AbandonedAttempt { get; init; }

    /// <summary>A flush asked to send it without settle or back-off.</summary>
    public bool Flushed { get; init; }

    /// <summary>
    /// Attempts that the upstream could have accepted and did not; after a redrive, only those since then.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>When a person put it back at the head of the line.</summary>
    public DateTimeOffset? RedrivenAt { get; init; }

    /// <summary>The browser id that was the guest's own when the event came, if another guest has owned it since.</summary>
    public string? OwnBrowserId { get; init; }

    /// <summary>When it may be sent; null means now.</summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt => Flushed ? null : RetryAt ?? (RedrivenAt is null ? Event.DueAt : null);

    /// <summary>No event that is accepted later is put before it.</summary>
    [JsonIgnore]
    public bool KeepsItsPlace => Attempts > 0 || RedrivenAt is not null;

    /// <summary>A person put it back into the line, or had it replayed.</summary>
    [JsonIgnore]
    public bool IsSentAgain => RedrivenAt is not null || Event.Replay is not null;

    /// <summary>Since when it has been waiting to be delivered.</summary>
    [JsonIgnore]
    public DateTimeOffset WaitingSince => RedrivenAt ?? Event.ReceivedAt;
}

/// <summary>The start whose outcome is not known yet; it belongs to the head of the line.</summary>
/// <param name="TakenOverUntil">Set when a new activation found it: until then the old outcome may still come.</param>
public sealed record OpenStart(long Sequence, int Attempt, DateTimeOffset At, DateTimeOffset? TakenOverUntil = null)
{
    /// <summary>
    /// Whether it is the same attempt, taken over or not as before. Times do not count: they move when the wall clock
    /// is set.
    /// </summary>
    public bool IsStill(OpenStart seen) => Sequence == seen.Sequence && Attempt == seen.Attempt
        && TakenOverUntil is null == seen.TakenOverUntil is null;
}

/// <summary>An event that left the line without being delivered and is kept for a person.</summary>
/// <param name="InDoubt">True when it may have arrived, false when the upstream refused it.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="AbandonedAttempt">See <see cref="LineEntry.AbandonedAttempt"/>.</param>
/// <param name="PossiblyDuplicate">It was sent again after an attempt in doubt. What is in doubt now is not counted.</param>
/// <param name="BlocksLine">The line waits until a person acts on it.</param>
public sealed record SetAsideEvent(
    EventRecorded Event, int Attempts, bool InDoubt, string? Code, DateTimeOffset At, int? AbandonedAttempt = null,
    bool PossiblyDuplicate = false, bool BlocksLine = false);
