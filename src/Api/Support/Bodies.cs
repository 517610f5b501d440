using System.Text.Json;
using System.Text.Json.Serialization;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Support;

// What callers send is read by ActRequest. These types stand for it in the OpenAPI document.

/// <summary>Why a person acts.</summary>
public sealed record ReasonBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }
}

/// <summary>How to redrive an event; without a patch it goes as it is.</summary>
public sealed record RedriveBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// What to change, as a JSON Merge Patch (RFC 7396) on the stored event object: a null deletes a member, a list takes the
    /// place of the whole list. Values that a view has masked are rejected.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Patch { get; init; }
}

/// <summary>One value that an edit made different. Personal values are masked.</summary>
/// <param name="Path">JSON Pointer into the envelope.</param>
public sealed record ChangeBody(string Path)
{
    /// <summary>Left out where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Utf8Json Before { get; init; }

    /// <summary>Left out where there is none any more.</summary>
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

/// <summary>Whether and why a guest's delivery is stopped.</summary>
/// <param name="Pause">Null when it goes on.</param>
public sealed record GuestPauseBody(string Guest, PauseBody? Pause)
{
    /// <summary>
    /// In the answer to a pause: requests that had left before it and may still arrive. Nothing else of the guest leaves
    /// until it is resumed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InFlight { get; init; }
}

/// <param name="By">The id of the credential.</param>
public sealed record PauseBody(string By, DateTimeOffset At, string? Reason);

/// <summary>What a person did to an event.</summary>
/// <param name="Act">
/// <c>redriven</c>, <c>discarded</c>, <c>resolved_delivered</c> or <c>resolved_not_delivered</c>.
/// </param>
/// <param name="By">The id of the credential.</param>
/// <param name="Event">The event object it was redriven as, masked; null when it stayed as it was.</param>
/// <param name="SessionClosed">It was redriven after its session was over.</param>
public sealed record ActBody(
    string Act, string By, DateTimeOffset At, string? Reason, Utf8Json Event, bool SessionClosed);
