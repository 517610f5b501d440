namespace GuestSessions.Emulator.Faults;

/// <summary>A trouble to be had. Filters that are left out match everything.</summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    /// <summary>Of <see cref="FaultKind.Status"/>. <value>500</value></summary>
    public int Status { get; init; } = StatusCodes.Status500InternalServerError;

    /// <summary>
    /// The header <c>Retry-After</c> of <see cref="FaultKind.Status"/>, as it is to be written.
    /// </summary>
    public string? RetryAfter { get; init; }

    /// <summary>Of <see cref="FaultKind.Latency"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How often it fires at most. <value>no end; with <see cref="Nth"/>, once</value></summary>
    public int? Times { get; init; }

    /// <summary>Fires from this matching request on, counted from 1. <value>1</value></summary>
    public int? Nth { get; init; }

    /// <summary>The chance to fire, from 0 to 1. <value>1</value></summary>
    public double Probability { get; init; } = 1;

    /// <summary>Only events of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only requests of this kind.</summary>
    public FaultPath? Path { get; init; }

    internal bool Matches(FaultPath path, string? type) =>
        (Path is null || Path == path) && (Type is null || Type == type);
}

public enum FaultKind
{
    /// <summary>Answers later; processed on arrival.</summary>
    Latency,

    /// <summary>Answers with a status of choice, not processed.</summary>
    Status,

    /// <summary>Never answers; not processed.</summary>
    HangBefore,

    /// <summary>Never answers; processed.</summary>
    HangAfter,

    /// <summary>Aborts the connection, or the HTTP/2 stream; not processed.</summary>
    ResetBefore,

    /// <summary>Aborts the connection, or the HTTP/2 stream; processed.</summary>
    ResetAfter,

    /// <summary>
    /// HTTP/2 REFUSED_STREAM, which promises that it was not processed. A reset before on HTTP/1.1.
    /// </summary>
    RefuseStream,
}

public enum FaultPath
{
    /// <summary>Events, in whatever form.</summary>
    Events,

    /// <summary>Creating and looking up browser ids.</summary>
    Browser,

    /// <summary>Personalization calls.</summary>
    Decisions,
}
