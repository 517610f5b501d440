using System.Text.Json.Serialization;
using GuestSessions.Api.Rejections;

namespace GuestSessions.Api.Guests;

/// <summary>What a search found.</summary>
/// <param name="Items">Guests.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null when this is the last.</param>
public sealed record SearchAnswer(IReadOnlyList<FoundGuest> Items, string? Next)
{
    /// <summary>
    /// The latest twenty events about the order or of the guest that were rejected at ingest and never forwarded; on the
    /// first page only.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectionItem>? Rejections { get; init; }

    /// <summary>If nothing was found: how the service compared values, and what else to try.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }

    /// <summary>If nothing was found: the kinds of value that were compared, named as in <c>matched</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LookedFor { get; init; }

    /// <summary>
    /// If a text found nothing else, or only the events with this id: how far back it was compared with the ids of events, which have no index. A few seconds read
    /// about a million of them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComparedEvents? Events { get; init; }

    /// <summary>If a text found nothing: other spellings of it that find something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OtherSpelling>? Spellings { get; init; }
}

/// <summary>A guest that was found, and what is in trouble. Left out is what is unknown of a guest that was only named.</summary>
public sealed record FoundGuest(string Guest)
{
    /// <summary>
    /// <c>identifier</c>, <c>browser_id</c>, <c>order_reference</c>, <c>guest_id</c>, <c>event_id</c>.
    /// </summary>
    public required IReadOnlyList<string> Matched { get; init; }

    /// <summary>When its latest session was active.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastActivityAt { get; init; }

    /// <summary>Events that wait in its line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Undelivered { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Quarantined { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InDoubt { get; init; }

    /// <summary>Whether a person stopped its delivery.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsPaused { get; init; }
}

/// <param name="BackTo">When the oldest of them came; null when the service keeps no event.</param>
/// <param name="Next">The value of <c>events_before</c> that compares older ones; null when nothing older is kept.</param>
public sealed record ComparedEvents(DateTimeOffset? BackTo, string? Next);

/// <param name="Text">Finds something as <c>text</c>.</param>
/// <param name="Matched">What it finds, as in a hit; empty where it finds only rejected events.</param>
public sealed record OtherSpelling(string Text, IReadOnlyList<string> Matched);
