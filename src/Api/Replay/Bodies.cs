using System.Text.Json.Serialization;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Replay;

/// <summary>Which delivered events of a guest to deliver again. Without a range, all of them.</summary>
public sealed record ReplayBody
{
    /// <summary>1 to 500 characters, kept in the audit; may be absent for a dry run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>
    /// Only this line of the guest: its own id, or a browser's as the timeline shows it. Without it, a replay that names
    /// sequences covers the guest's own line, and any other replay covers all lines, those of browsers first.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>The lowest sequence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FromSequence { get; init; }

    /// <summary>The highest sequence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ToSequence { get; init; }

    /// <summary>Only events received at or after this time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReceivedFrom { get; init; }

    /// <summary>Only events received before this time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReceivedTo { get; init; }

    /// <summary>Only events of this type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Only show what would be sent: answers 200 and does nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? DryRun { get; init; }

    /// <summary>Required if the range has an order (CHECKOUT or ORDER_CHECKOUT): each creates a second one upstream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ConfirmOrders { get; init; }
}

/// <summary>What a replay would send, in its order, for at most 500 events.</summary>
/// <param name="Next">The value of <c>from_sequence</c> for the next page; null when this is the last.</param>
public sealed record ReplayPreviewBody(IReadOnlyList<PreviewedBody> Items, long? Next)
{
    /// <summary>
    /// The value of <c>line</c> for the next page, if it is not the guest's own line; later lines were not read.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextLine { get; init; }

    /// <summary>Effects of the replay that are easy to overlook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }
}

/// <param name="ReplayOf">The sequence of the delivered event.</param>
/// <param name="Sent">
/// The event object as it would be sent, without the client key and with personal values masked; null while the guest has
/// no browser id.
/// </param>
public sealed record PreviewedBody(long ReplayOf, string EventId, string Type, Utf8Json Sent)
{
    /// <summary>As in the timeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }
}
