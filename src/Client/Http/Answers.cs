namespace GuestSessions.Client;

/// <summary>Bodies that the service answers with. A member that an answer lacks is null.</summary>
internal sealed record ResultBody
{
    public string? EventId { get; init; }

    public long? Line { get; init; }

    public string? Status { get; init; }

    public long? Sequence { get; init; }

    public string? Code { get; init; }

    public int? RetryAfter { get; init; }

    public EventProblem[]? Errors { get; init; }

    public EventProblem[]? Warnings { get; init; }

    /// <summary>Only in the last line of NDJSON.</summary>
    public SummaryBody? Summary { get; init; }
}

internal sealed record SummaryBody(long Lines);

internal sealed record AnswerBody
{
    public int? Identifiers { get; init; }

    public int? Closed { get; init; }

    public ResultBody[]? Results { get; init; }

    public EventProblem[]? Warnings { get; init; }
}

/// <summary>RFC 9457 problem details.</summary>
internal sealed record ProblemBody
{
    public string? Code { get; init; }

    public string? Detail { get; init; }

    public string? EventId { get; init; }

    public EventProblem[]? Errors { get; init; }

    public EventProblem[]? Warnings { get; init; }

    public ResultBody[]? Results { get; init; }
}

/// <summary>What is posted to <c>…/identifiers</c>.</summary>
internal sealed record IdentifiersBody(IReadOnlyList<IdentityIdentifier> Identifiers, GuestProfile? Profile);
