using System.Text.Json.Serialization;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Operations;

/// <summary>A long-running operation as stored after each step. Another process can continue from it.</summary>
public sealed record OperationRecord
{
    /// <summary>Letters and digits, unique across tenants.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>What it does: one of the constants of this type.</summary>
    public required string Kind { get; init; }

    /// <summary>Who asked for it, when and why.</summary>
    public required PersonAct Act { get; init; }

    /// <summary>A hash of the request that started it, if the request had its own key; otherwise null.</summary>
    public string? Request { get; init; }

    /// <summary>Of a bulk act: whether it takes events in doubt; otherwise quarantined ones.</summary>
    public bool InDoubt { get; init; }

    /// <summary>Of a bulk resolve: whether the events are recorded as delivered.</summary>
    public bool Delivered { get; init; }

    /// <summary>Only events of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only events with this code.</summary>
    public string? Code { get; init; }

    /// <summary>Of a replay or an export: the guest, as a grain key.</summary>
    public string? Guest { get; init; }

    /// <summary>Of a replay: the lowest sequence.</summary>
    public long First { get; init; }

    /// <summary>Of a replay: the highest sequence.</summary>
    public long Last { get; init; }

    /// <summary>Of a replay: only events received at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Of a replay: only events received before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Of a replay: whether orders are replayed too.</summary>
    public bool Orders { get; init; }

    /// <summary>Of a replay: the guest's lines to replay after this one; null if there are none.</summary>
    public IReadOnlyList<ReplayedLine>? Further { get; init; }

    /// <summary>Of a replay: events of lines before this one that were put into their lines again.</summary>
    public long ReplayedBefore { get; init; }

    /// <summary>Of a replay: events of lines before this one that were skipped.</summary>
    public long SkippedBefore { get; init; }

    /// <summary>Of a replay: the sequence to continue from.</summary>
    public long Next { get; init; }

    /// <summary>Delivered events that were put into the line again.</summary>
    public long Replayed { get; init; }

    /// <summary>Of an erasure: how far it has come.</summary>
    public ErasureProgress? Erasure { get; init; }

    /// <summary>Of an export: what it made.</summary>
    public ExportProgress? Export { get; init; }

    /// <summary>How often it was interrupted since its last progress.</summary>
    public int Failures { get; init; }

    /// <summary>It failed and was given up.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Number of events to process; null while they are being counted.</summary>
    public long? Total { get; init; }

    /// <summary>Events put back into their lines.</summary>
    public long Redriven { get; init; }

    /// <summary>Events given up.</summary>
    public long Discarded { get; init; }

    /// <summary>Events in doubt that were recorded as delivered, or as not delivered.</summary>
    public long Resolved { get; init; }

    /// <summary>Events that were no longer there, or whose line was full.</summary>
    public long Skipped { get; init; }

    /// <summary>Events of guests that could not be read or did not answer, again and again.</summary>
    public long Unknown { get; init; }

    /// <summary>The position reached; null at the start.</summary>
    public SetAsidePlace? Place { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who cancelled it; null if it ended by itself.</summary>
    public PersonAct? Cancelled { get; init; }

    /// <summary>Number of events that have an item.</summary>
    [JsonIgnore]
    public long Items => Erasure is { Certificate: var certificate }
        ? certificate.Guests + certificate.Skipped
        : Redriven + Replayed + Discarded + Resolved + Unknown + (Kind == ReplayKind ? 0 : Skipped);

    /// <summary>Ends it where it is; what it has done stays done. One that has ended stays as it is.</summary>
    public OperationRecord CancelledBy(PersonAct act) =>
        EndedAt is null ? this with { Cancelled = act, EndedAt = act.At } : this;

    /// <summary>Counts an interruption. After too many in a row the operation fails, so that a person looks at it.</summary>
    public OperationRecord CutShort(DateTimeOffset now) => Failures + 1 < MostFailures
        ? this with { Failures = Failures + 1 }
        : this with { Failures = Failures + 1, HasFailed = true, EndedAt = now };

    /// <summary>Whether it is about one of some guests, by grain key.</summary>
    public bool IsAbout(IReadOnlySet<string> guests) => (Guest is { } guest && guests.Contains(guest))
        || Further?.Any(line => guests.Contains(line.Guest)) is true;

    /// <summary>
    /// Whether a request starts it again: only if it failed, and only for the request that started it. For a replay,
    /// the session knows how far it had come.
    /// </summary>
    public bool IsBegunAgainBy(string? request) => HasFailed && Request == request;

    /// <summary>Ends a line of the replay: continues with the next line, or ends the replay.</summary>
    public OperationRecord EndLine(DateTimeOffset now) => Further is not { Count: > 0 } further
        ? this with { EndedAt = now }
        : this with
        {
            Guest = further[0].Guest,
            Last = further[0].Last,
            Next = First,
            Further = further.Count > 1 ? [.. further.Skip(1)] : null,
            ReplayedBefore = Replayed,
            SkippedBefore = Skipped,
        };

    public const string BulkRedriveKind = "bulk_redrive";
    public const string BulkDiscardKind = "bulk_discard";
    public const string BulkResolveKind = "bulk_resolve";
    public const string ReplayKind = "replay";
    public const string ErasureKind = "erasure";
    public const string ExportKind = "export";

    /// <summary>Number of interruptions in a row at which an operation fails.</summary>
    public const int MostFailures = 20;

    /// <summary>Number of interruptions in a row after which a bulk act no longer waits for a guest that does not answer.</summary>
    public const int FailuresOfGuests = MostFailures / 2;
}

/// <param name="Guest">The guest, as a grain key.</param>
/// <param name="Last">The highest sequence.</param>
public sealed record ReplayedLine(string Guest, long Last);
