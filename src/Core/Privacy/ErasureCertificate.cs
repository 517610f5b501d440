using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Privacy;

/// <summary>What an erasure did, and what remains where. It has no value of any guest.</summary>
public sealed record ErasureCertificate
{
    /// <summary>Number of <see cref="OnTheWay"/> that are kept; more are only counted.</summary>
    public const int MostOnTheWay = 1_000;

    public static ErasureCertificate Empty { get; } = new();

    /// <summary>Guests that were erased.</summary>
    public long Guests { get; init; }

    /// <summary>Browsers that were linked to them, and were erased with them.</summary>
    public long Lines { get; init; }

    /// <summary>Guests of the request that the service does not know, or that were erased before.</summary>
    public long Skipped { get; init; }

    /// <summary>Events that the guests had ever accepted.</summary>
    public long Events { get; init; }

    /// <summary>Events that waited and were never sent.</summary>
    public long Undelivered { get; init; }

    /// <summary>Events that may have arrived upstream: they were in doubt.</summary>
    public long InDoubt { get; init; }

    /// <summary>Number of events that were on their way upstream at the moment of the tombstone.</summary>
    public long OnTheWayCount { get; init; }

    /// <summary>The first of them; null if there were none.</summary>
    public IReadOnlyList<EventOnItsWay>? OnTheWay { get; init; }

    public ErasureCounts Erased { get; init; } = ErasureCounts.None;

    /// <summary>Null until the store gave up what it could.</summary>
    public StorageRemains? Storage { get; init; }

    /// <summary>Until when the file for the upstream can be taken; null if no guest had an identifier.</summary>
    public DateTimeOffset? FileUntil { get; init; }

    /// <summary>Who took the file for the upstream.</summary>
    public PersonAct? FileTaken { get; init; }

    /// <summary>Who recorded that the upstream has deleted the guests, too.</summary>
    public PersonAct? DoneUpstream { get; init; }

    /// <summary>Adds what one guest had.</summary>
    /// <param name="isLine">A browser that was linked to the guest.</param>
    public ErasureCertificate With(ErasedStanding standing, bool isLine) => this with
    {
        Guests = Guests + (isLine ? 0 : 1),
        Lines = Lines + (isLine ? 1 : 0),
        Events = Events + standing.Events,
        Undelivered = Undelivered + standing.Undelivered,
        InDoubt = InDoubt + standing.InDoubt,
        OnTheWayCount = OnTheWayCount + (standing.Sending is null ? 0 : 1),
        OnTheWay = standing.Sending is { } sending && (OnTheWay?.Count ?? 0) < MostOnTheWay
            ? [.. OnTheWay ?? [], sending]
            : OnTheWay,
        Erased = Erased with { SetAside = Erased.SetAside + standing.SetAside },
    };
}
