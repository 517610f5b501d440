using System.Text.Json;
using System.Text.Json.Serialization;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Support;

// ActRequest reads these bodies. These types describe them in the OpenAPI document.

/// <summary>Why a person acts.</summary>
public sealed record ReasonBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }
}

/// <summary>How to redrive an event; without a patch, unchanged.</summary>
public sealed record RedriveBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// What to change, as a JSON Merge Patch (RFC 7396) on the stored event object: a null deletes a member, a list replaces
    /// the whole list. Masked values are rejected.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Patch { get; init; }
}

/// <summary>One value that an edit changed. Personal values are masked.</summary>
/// <param name="Path">JSON Pointer into the envelope.</param>
public sealed record ChangeBody(string Path)
{
    /// <summary>Left out if there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Utf8Json Before { get; init; }

    /// <summary>Left out if the value was removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Utf8Json After { get; init; }
}

/// <summary>What a person found out about an event.</summary>
public sealed record ResolveBody
{
    /// <summary><c>delivered</c> or <c>not_delivered</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }
}

/// <summary>Whether and why a guest's delivery is paused.</summary>
/// <param name="Pause">Null when delivery is not paused.</param>
public sealed record GuestPauseBody(string Guest, PauseBody? Pause)
{
    /// <summary>
    /// In the answer to a pause: requests that were sent before it and may still arrive. Nothing else of the guest is sent
    /// until its delivery is resumed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InFlight { get; init; }
}

/// <summary>Who stopped delivery, when and why. The reason is masked.</summary>
/// <param name="By">The id of the credential.</param>
public sealed record PauseBody(string By, DateTimeOffset At, string? Reason);

/// <summary>What a person did to an event. The reason and the edited event are masked; what else an edit stores is left out.</summary>
/// <param name="Act">
/// <c>redriven</c>, <c>discarded</c>, <c>resolved_delivered</c> or <c>resolved_not_delivered</c>.
/// </param>
/// <param name="By">The id of the credential.</param>
/// <param name="Event">The edited event object of a redrive, masked; null when the event was not edited.</param>
/// <param name="SessionClosed">The event was redriven after its session had ended.</param>
public sealed record ActBody(
    string Act, string By, DateTimeOffset At, string? Reason, Utf8Json Event, bool SessionClosed);
