using System.Text.Json.Serialization;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Arrivals;

/// <summary>One request as it arrived, and its outcome.</summary>
public sealed record Arrival
{
    /// <summary>Position among all requests since the start, from 1; a reset does not restart the count.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }

    /// <summary>The client key, or the context id of the edge form.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Only in the edge form.</summary>
    public string? SiteId { get; init; }

    public string? BrowserId { get; init; }

    /// <summary>The event's type, if it could be read.</summary>
    public string? Type { get; init; }

    /// <summary>The event as it came, whatever it is.</summary>
    [JsonConverter(typeof(BodyConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ReadOnlyMemory<byte> Body { get; init; }

    [JsonIgnore]
    public bool IsEvent => !Body.IsEmpty;

    public Fate Fate { get; init; } = Fate.Open;

    /// <summary>The upstream's treatment of an event; null until it was processed.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The code of the most severe finding; null for a good event.</summary>
    public string? Reason { get; init; }

    /// <summary>All findings about an event.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>The status of the answer; null when none is given.</summary>
    public int? Status { get; init; }

    /// <summary>The fault that was played on it.</summary>
    public string? Fault { get; init; }

    /// <summary>When its fate was decided; the answer follows.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The effect as it is written, or <c>open</c>.</summary>
    internal string EffectName => Effect?.ToString().ToLowerInvariant() ?? "open";

    /// <summary>The arrival as it is before it gets a number.</summary>
    internal static Arrival Of(HttpRequest request) => new()
    {
        Number = 0,
        At = default,
        Method = request.Method,
        Path = request.Path.Value ?? "/",
    };
}

/// <summary>What the upstream did with a request.</summary>
public enum Fate
{
    /// <summary>Arrived but not processed yet, or a fault prevented that.</summary>
    Open,

    /// <summary>The event became part of its session.</summary>
    Kept,

    /// <summary>Answered as a success, and dropped silently.</summary>
    Swallowed,

    /// <summary>Answered with an error.</summary>
    Refused,

    /// <summary>Not an event, and answered.</summary>
    Served,
}
