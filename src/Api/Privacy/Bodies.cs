using System.Text.Json.Serialization;
using GuestSessions.Api.Support;

namespace GuestSessions.Api.Privacy;

/// <summary>Guests to erase, and why.</summary>
public sealed record ErasuresBody
{
    /// <summary>1 to 500 characters. It stays in the audit and in the operation, so it must not name the guests.</summary>
    public required string Reason { get; init; }

    /// <summary>1 to 5,000 guest ids.</summary>
    public required IReadOnlyList<string> Guests { get; init; }
}

/// <summary>Whether events of the guest may be sent.</summary>
public sealed record ConsentRequestBody
{
    /// <summary><c>granted</c> or <c>denied</c>.</summary>
    public required string Consent { get; init; }

    /// <summary>1 to 500 characters, kept in the audit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <param name="Consent"><c>granted</c> or <c>denied</c>.</param>
/// <param name="Since">When it was denied; left out while it is granted.</param>
/// <param name="Dropped">Events that waited and were dropped by this call.</param>
public sealed record ConsentBody(
    string Guest,
    string Consent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    int Dropped);

/// <param name="Erased">Always false: the guest starts anew with its next event.</param>
public sealed record LiftedBody(string Guest, bool Erased);

/// <summary>What an erasure did, and what remains where. It has no value of any guest.</summary>
public sealed record CertificateBody
{
    /// <summary>Guests that were erased.</summary>
    public required long Guests { get; init; }

    /// <summary>Browsers that were linked to them, and were erased with them.</summary>
    public required long Browsers { get; init; }

    /// <summary>Guests of the request that are not known here, or were erased before.</summary>
    public required long Skipped { get; init; }

    /// <summary>Events that the guests had ever accepted.</summary>
    public required long Events { get; init; }

    /// <summary>Events that waited. They were never sent.</summary>
    public required long Undelivered { get; init; }

    /// <summary>Events that were in doubt: they may have arrived upstream.</summary>
    public required long InDoubt { get; init; }

    /// <summary>Rows of the store that were deleted or blanked, by kind.</summary>
    public required ErasedRowsBody Rows { get; init; }

    /// <summary>Events that were on their way upstream when the guest got its tombstone; the first 1,000.</summary>
    public required IReadOnlyList<OnItsWayBody> OnTheirWay { get; init; }

    /// <summary>The number of all of them.</summary>
    public required long OnTheirWayCount { get; init; }

    /// <summary>Where copies may still be.</summary>
    public required IReadOnlyList<RemainsBody> Remains { get; init; }

    /// <summary>Until when the file for the upstream can be taken, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FileUntil { get; init; }

    /// <summary>Who took the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? FileTaken { get; init; }

    /// <summary>Who recorded that the upstream deleted the guests, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? DoneUpstream { get; init; }
}

public sealed record ErasedRowsBody(
    long Commits, long Snapshots, long SearchTerms, long Browsers, long SetAside, long Acts, long Rejections, long Items,
    long Operations);

/// <summary>An event whose request had left when its guest was erased.</summary>
public sealed record OnItsWayBody(long Sequence, string Type, int Attempt);

/// <param name="Where">
/// <c>database</c>, <c>write_ahead_log</c>, <c>standby</c>, <c>backups</c>, <c>upstream</c> or <c>other_guests</c>.
/// </param>
/// <param name="Until">When nothing is left there; left out where the service does not know.</param>
public sealed record RemainsBody(
    string Where,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until,
    string Detail);

/// <summary>What an export made.</summary>
/// <param name="Events">Events in the file.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="FileUntil">Until when the file can be taken, once.</param>
public sealed record ExportBody(long Events, long Bytes, DateTimeOffset? FileUntil)
{
    /// <summary>Who took the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? FileTaken { get; init; }
}
