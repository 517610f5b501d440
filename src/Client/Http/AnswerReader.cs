using System.Net;
using System.Text.Json;

namespace GuestSessions.Client;

/// <summary>What the answers of the service mean.</summary>
internal static class AnswerReader
{
    /// <exception cref="InvalidDataException">It is no answer of the service.</exception>
    public static AnswerBody ReadBody(Answer answer) =>
        Read(() => JsonSerializer.Deserialize(answer.Body, AnswerJson.Default.AnswerBody))
        ?? throw new InvalidDataException("The answer is empty.");

    /// <summary>Results by the place of their line, from 0.</summary>
    /// <exception cref="InvalidDataException">The answer was cut: some line has no result.</exception>
    public static ResultBody[] ReadLines(Answer answer, int lines)
    {
        var results = new ResultBody[lines];
        var isWhole = false;
        foreach (var range in answer.Body.AsSpan().Split((byte)'\n'))
        {
            var (start, length) = range.GetOffsetAndLength(answer.Body.Length);
            if (length == 0)
                continue;
            var result = Read(() => JsonSerializer.Deserialize(answer.Body.AsSpan(start, length), AnswerJson.Default.ResultBody));
            if (result is { Line: { } line } && line >= 1 && line <= lines)
                results[line - 1] = result;
            isWhole |= result?.Summary is not null;
        }

        return isWhole && !results.Contains(null!)
            ? results
            : throw new InvalidDataException("The answer was cut before its summary.");
    }

    public static EventReceipt? ReceiptOf(ResultBody result, string? eventId) => result.Status switch
    {
        "accepted" => Receipt(result, eventId, ReceiptStatus.Accepted),
        "duplicate" => Receipt(result, eventId, ReceiptStatus.Duplicate),
        _ => null,
    };

    public static EventRejectedException RejectionOf(ResultBody result, string? eventId) =>
        new(result.EventId ?? eventId, result.Code ?? "", result.Errors ?? [], result.Warnings ?? []);

    /// <summary>Null for a result that is final.</summary>
    public static TimeSpan? WaitOf(ResultBody result) =>
        result.Status == "retry" ? TimeSpan.FromSeconds(result.RetryAfter ?? 1) : null;

    /// <summary>Why an answer other than success stands.</summary>
    public static GuestSessionsException RefusalOf(Answer answer)
    {
        var problem = ProblemOf(answer);
        return problem is { Code: { } code, Errors: { Length: > 0 } errors }
            ? new EventRejectedException(problem.EventId, code, errors, problem.Warnings ?? [])
            : new RequestRefusedException(answer.Status, problem?.Code, problem?.Detail);
    }

    /// <summary>An answer other than success, for who is told of it after the time of a call is over.</summary>
    public static HttpRequestException FailureOf(Answer answer, Uri address) => new(
        $"{address} answered {$"{answer.Status} {ProblemOf(answer)?.Code}".TrimEnd()}.", null, (HttpStatusCode)answer.Status);

    /// <summary>Null where something before the service answered.</summary>
    public static ProblemBody? ProblemOf(Answer answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, AnswerJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null; // A proxy's page. The status says what there is to say.
        }
    }

    private static EventReceipt Receipt(ResultBody result, string? eventId, ReceiptStatus status) =>
        new(result.EventId ?? eventId ?? "", status, result.Sequence ?? 0, result.Warnings ?? []);

    private static T? Read<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException("The answer is no JSON of the service.", malformed);
        }
    }
}
