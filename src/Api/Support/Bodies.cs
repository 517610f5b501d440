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

/// <summary>Why a person acts, where it need not be said.</summary>
public sealed record OptionalReasonBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>How to redrive an event; without a body it goes as it is.</summary>
public sealed record RedriveBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The event object that takes the place of the one that was received.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Event { get; init; }
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
public sealed record GuestPauseBody(string Guest, PauseBody? Pause);

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
