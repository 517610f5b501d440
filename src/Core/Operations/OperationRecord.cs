using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Operations;

/// <summary>Long work as it is stored after each step: enough to go on from there in another process.</summary>
public sealed record OperationRecord
{
    /// <summary>Letters and digits, unique over tenants.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>What it does: <see cref="BulkRedriveKind"/> or <see cref="ReplayKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who asked for it, when and why.</summary>
    public required PersonAct Act { get; init; }

    /// <summary>A hash of the request that began it, where that had a key of its own; null otherwise.</summary>
    public string? Request { get; init; }

    /// <summary>Only events of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only events with this code.</summary>
    public string? Code { get; init; }

    /// <summary>Of a replay: whose events, as grains name the guest.</summary>
    public string? Guest { get; init; }

    /// <summary>Of a replay: the lowest sequence.</summary>
    public long First { get; init; }

    /// <summary>Of a replay: the highest sequence.</summary>
    public long Last { get; init; }

    /// <summary>Of a replay: only events received from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Of a replay: only events received before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Of a replay: orders too.</summary>
    public bool Orders { get; init; }

    /// <summary>Of a replay: the lines of the guest that come after this one; null where there are none.</summary>
    public IReadOnlyList<ReplayedLine>? Further { get; init; }

    /// <summary>Of a replay: events of lines before this one that were put into their lines again.</summary>
    public long ReplayedBefore { get; init; }

    /// <summary>Of a replay: events of lines before this one that were passed over.</summary>
    public long SkippedBefore { get; init; }

    /// <summary>Of a replay: where it goes on.</summary>
    public long Next { get; init; }

    /// <summary>Delivered events that were put into the line again.</summary>
    public long Replayed { get; init; }

    /// <summary>How often it was cut short since it last got on.</summary>
    public int Failures { get; init; }

    /// <summary>It was given up.</summary>
    public bool HasFailed { get; init; }

    /// <summary>How many events there are to do; null while they are being counted.</summary>
    public long? Total { get; init; }

    /// <summary>Events put back into their lines.</summary>
    public long Redriven { get; init; }

    /// <summary>Events that were no longer there, or whose line had no room.</summary>
    public long Skipped { get; init; }

    /// <summary>How far it has come; null at the start.</summary>
    public AsidePlace? Place { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It was cut short once more: given up after too many times in a row, so that somebody looks at it.</summary>
    public OperationRecord CutShort(DateTimeOffset now) => Failures + 1 < MostFailures
        ? this with { Failures = Failures + 1 }
        : this with { Failures = Failures + 1, HasFailed = true, EndedAt = now };

    /// <summary>
    /// Whether a request begins it again: what was given up, by the very request that began it. Of a replay, the session knows
    /// how far it had come.
    /// </summary>
    public bool IsBegunAgainBy(string? request) => HasFailed && Request == request;

    /// <summary>The replay has done with a line: it goes on with the next one, or ends.</summary>
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
    public const string ReplayKind = "replay";

    /// <summary>Times in a row that an operation may be cut short before it is given up.</summary>
    public const int MostFailures = 20;
}

/// <param name="Guest">As grains name it.</param>
/// <param name="Last">The highest sequence.</param>
public sealed record ReplayedLine(string Guest, long Last);
