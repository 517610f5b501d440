using System.Text.Json.Serialization;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Replay;

/// <summary>Which delivered events of a guest to deliver again. Without a range it is all that there are.</summary>
public sealed record ReplayBody
{
    /// <summary>1 to 500 characters, kept in the audit; may be absent for a dry run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>
    /// Only this line of the guest: its own id, or a browser's as the timeline shows it. Without it, a replay that names
    /// sequences covers the guest's own line, and any other all lines, those of browsers first.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>The lowest sequence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FromSequence { get; init; }

    /// <summary>The highest sequence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ToSequence { get; init; }

    /// <summary>Only events received from then on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReceivedFrom { get; init; }

    /// <summary>Only events received before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReceivedTo { get; init; }

    /// <summary>Only events of this type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Only show what would be sent: 200, and nothing is done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? DryRun { get; init; }

    /// <summary>Needed where the range holds an ORDER_CHECKOUT: each makes a second order upstream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ConfirmOrders { get; init; }
}

/// <summary>What a replay would send, in its order. At most 500 events are looked at.</summary>
/// <param name="Next">What <c>from_sequence</c> takes for what follows in a line; null when this is all of it.</param>
public sealed record ReplayPreviewBody(IReadOnlyList<PreviewedBody> Items, long? Next)
{
    /// <summary>
    /// What <c>line</c> takes with it, where that is not the guest's own; lines behind it were not looked at.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextLine { get; init; }

    /// <summary>What sending these would do that is easily overlooked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }
}

/// <param name="ReplayOf">The sequence of the delivered event.</param>
/// <param name="Sent">
/// The event object as it would go upstream, without the client key and with personal values masked; null while the guest has
/// no browser id.
/// </param>
public sealed record PreviewedBody(long ReplayOf, string EventId, string Type, Utf8Json Sent)
{
    /// <summary>As in the timeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }
}
