using System.Globalization;

namespace GuestSessions.Emulator.Faults;

/// <summary>A fault to play. Filters that are not set match everything.</summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/>. <value>500</value></summary>
    public int Status { get; init; } = StatusCodes.Status500InternalServerError;

    /// <summary>For <see cref="FaultKind.Status"/>: the body instead of a JSON error; may be empty.</summary>
    public string? Body { get; init; }

    /// <summary>The content type of <see cref="Body"/>. <value>text/html</value></summary>
    public string? ContentType { get; init; }

    /// <summary>The header <c>Retry-After</c>, written as it is, even if it is invalid.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The header <c>Retry-After</c> as a date at this distance from now; may be negative.</summary>
    public TimeSpan? RetryAfterDate { get; init; }

    /// <summary>The header <c>Location</c>, for redirects.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// For <see cref="FaultKind.Latency"/>, and between the bytes of <see cref="FaultKind.SlowAnswer"/>.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// For <see cref="FaultKind.Status"/>: the request is processed in spite of the answer. <value>false</value>
    /// </summary>
    public bool Processed { get; init; }

    /// <summary>Maximum number of times it fires. <value>unlimited; with <see cref="Nth"/>, once</value></summary>
    public int? Times { get; init; }

    /// <summary>Fires from this matching request on, counted from 1. <value>1</value></summary>
    public int? Nth { get; init; }

    /// <summary>Fires only at every n-th matching request. <value>1</value></summary>
    public int? Every { get; init; }

    /// <summary>The probability to fire, from 0 to 1. <value>1</value></summary>
    public double Probability { get; init; } = 1;

    /// <summary>Makes the random choice repeatable.</summary>
    public int? Seed { get; init; }

    /// <summary>Only events of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only requests of this kind.</summary>
    public FaultPath? Path { get; init; }

    /// <summary>Only requests of this browser.</summary>
    public string? BrowserId { get; init; }

    internal bool Matches(FaultPath path, string? type, string? browserId) =>
        (Path is null || Path == path)
        && (Type is null || Type == type)
        && (BrowserId is null || BrowserId.Equals(browserId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first invalid setting, in a sentence; null if all are valid.</summary>
    internal string? Nonsense() => this switch
    {
        { Status: < 200 or > 599 } => "status must be from 200 to 599.",
        { Nth: < 1 } or { Every: < 1 } or { Times: < 0 } => "nth and every must be at least 1, and times at least 0.",
        { Probability: not (>= 0 and <= 1) } => "probability must be from 0 to 1.",
        { Delay.Ticks: < 0 } => "delay must not be negative.",
        _ when !IsHeader(RetryAfter) || !IsHeader(Location) || !IsHeader(ContentType) =>
            "retry_after, location and content_type must consist of printable ASCII characters.",
        _ => null,
    };

    internal string? RetryAfterAt(DateTimeOffset now) => RetryAfterDate is { } later
        ? (now + later).ToString("R", CultureInfo.InvariantCulture)
        : RetryAfter;

    private static bool IsHeader(string? text) => text is null || text.All(c => c is >= ' ' and <= '~');
}

/// <summary>The requests that a fault applies to.</summary>
public enum FaultPath
{
    /// <summary>Events, in any form.</summary>
    Events,

    /// <summary>Creating and looking up browser ids.</summary>
    Browser,

    /// <summary>Personalization calls.</summary>
    Decisions,
}
