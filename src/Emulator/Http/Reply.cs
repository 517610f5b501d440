using System.Text;
using System.Text.Json;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>An HTTP answer, ready to be written.</summary>
internal sealed record Reply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private const string Json = "application/json; charset=utf-8";

    public string? RetryAfter { get; init; }
    public string? Location { get; init; }

    public static Reply Of(Answer answer) => new(
        answer.Status, Json,
        JsonSerializer.SerializeToUtf8Bytes(answer.Body, answer.Body.GetType(), EmulatorJson.Options));

    /// <summary>The answer that the rule sets instead.</summary>
    public static Reply PlayedBy(FaultRule fault, DateTimeOffset now)
    {
        var reply = fault.Body is { } body
            ? new Reply(fault.Status, fault.ContentType ?? "text/html", Encoding.UTF8.GetBytes(body))
            : Of(new Answer(default, fault.Status, ErrorBody.Of(fault.Status, "This fault was requested.")));
        return reply with { RetryAfter = fault.RetryAfterAt(now), Location = fault.Location };
    }

    /// <summary>Writes the head. Returns whether a body may follow.</summary>
    public bool WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is not null)
            response.Headers.RetryAfter = RetryAfter;
        if (Location is not null)
            response.Headers.Location = Location;
        if (Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified)
            return false;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        return true;
    }
}
