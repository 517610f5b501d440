using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>One row of the fault matrix: what the upstream does, and what the attempt must come to.</summary>
internal sealed record Fault(
    string Name, Reply Reply, AttemptOutcome Outcome, int? Status, string? Error, Speaks Over = Speaks.Both,
    string? IfUnread = null)
{
    private static readonly string TooLong = "{\"ref\":\"" + new string('x', 70_000) + "\"}";

    public static readonly IReadOnlyList<Fault> All =
    [
        .. Answers(),
        .. Breaks(),
        .. OfHttp1(),
        .. OfHttp2(),
    ];

    private static IEnumerable<Fault> Answers() =>
    [
        new("201", Replies.Created, AttemptOutcome.Delivered, 201, null),
        new("200", Replies.Answer(200, Replies.Receipt), AttemptOutcome.Delivered, 200, null),
        new("202", Replies.Answer(202, Replies.Receipt), AttemptOutcome.InDoubt, 202, null),
        new("204", Replies.Answer(204, ""), AttemptOutcome.InDoubt, 204, null),
        new("201 html", Replies.Answer(201, "<html>portal</html>"), AttemptOutcome.InDoubt, 201, "answer_unreadable"),
        new("201 empty", Replies.Answer(201, ""), AttemptOutcome.InDoubt, 201, "answer_unreadable"),
        new("307", Replies.Answer(307, "", ("Location", "/elsewhere")), AttemptOutcome.Misconfigured, 307, null),
        new("400", Replies.Answer(400, "nothing to read"), AttemptOutcome.Refused, 400, null),
        new("401", Replies.Answer(401, "{}", ("WWW-Authenticate", "Basic")), AttemptOutcome.Misconfigured, 401, null),
        new("403", Replies.Answer(403, "{}"), AttemptOutcome.Misconfigured, 403, null),
        new("404 json", Replies.Answer(404, """{"status":404}"""), AttemptOutcome.Refused, 404, null),
        new("404 html", Replies.Answer(404, "<html></html>"), AttemptOutcome.Misconfigured, 404, null),
        new("405", Replies.Answer(405, "{}", ("Allow", "GET")), AttemptOutcome.Misconfigured, 405, null),
        new("408", Replies.Answer(408, "{}"), AttemptOutcome.InDoubt, 408, null),
        new("413", Replies.Answer(413, "{}"), AttemptOutcome.Refused, 413, null),
        new("415", Replies.Answer(415, "{}"), AttemptOutcome.Misconfigured, 415, null),
        new("422", Replies.Answer(422, "{}"), AttemptOutcome.Refused, 422, null),
        new("429", Replies.Answer(429, "{}"), AttemptOutcome.NotApplied, 429, null),
        new("429 seconds", TooMany("3"), AttemptOutcome.NotApplied, 429, null),
        new("429 date", TooMany("Mon, 23 Nov 2026 10:00:20 GMT"), AttemptOutcome.NotApplied, 429, null),
        new("429 absurd", TooMany("-1e99 years"), AttemptOutcome.NotApplied, 429, null),
        new("500", Replies.Answer(500, "{}"), AttemptOutcome.InDoubt, 500, null),
        new("502 html", Replies.Answer(502, "<html></html>"), AttemptOutcome.InDoubt, 502, null),
        new("503", Replies.Answer(503, "{}", ("Retry-After", "3")), AttemptOutcome.InDoubt, 503, null),
    ];

    private static IEnumerable<Fault> Breaks() =>
    [
        new("no answer", Replies.Hang, AttemptOutcome.InDoubt, null, "response_timeout"),
        new("close", Replies.Close, AttemptOutcome.InDoubt, null, "connection_lost"),
        new("reset", Replies.Reset, AttemptOutcome.InDoubt, null, "connection_lost"),
        new("slow head", Replies.Begin(201, 60).Then(Replies.Hang),
            AttemptOutcome.InDoubt, 201, "answer_truncated", IfUnread: "response_timeout"),
        new("slow body", Replies.Begin(201, 60).Then(Trickle).Then(Replies.Hang),
            AttemptOutcome.InDoubt, 201, "answer_truncated", IfUnread: "response_timeout"),
        new("cut", Replies.Begin(201, 60).Then(Trickle).Then(Replies.Close),
            AttemptOutcome.InDoubt, 201, "answer_truncated"),
        new("cut by reset", Replies.Begin(201, 60).Then(Trickle).Then(Replies.Reset),
            AttemptOutcome.InDoubt, 201, "answer_truncated", IfUnread: "connection_lost"),
    ];

    private static IEnumerable<Fault> OfHttp1() =>
    [
        new("chunked", Replies.Part(
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                + $"{Replies.Receipt.Length:x}\r\n{Replies.Receipt}\r\n0\r\n\r\n"),
            AttemptOutcome.Delivered, 201, null, Speaks.Http1),
        new("too long", Replies.Answer(201, TooLong), AttemptOutcome.InDoubt, 201, "answer_too_long", Speaks.Http1),
        new("half a head", Replies.Part("HTTP/1.1 201 Cre").Then(Replies.Close),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http1),
        new("head that stops", Replies.Part("HTTP/1.1 201 Cre").Then(Replies.Hang),
            AttemptOutcome.InDoubt, null, "response_timeout", Speaks.Http1),
        new("not HTTP", Replies.Part("220 smtp.example ready\r\n\r\n").Then(Replies.Close),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http1),
    ];

    private static IEnumerable<Fault> OfHttp2() =>
    [
        new("refused stream", Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.RefusedStream)),
            AttemptOutcome.NotApplied, null, "stream_refused", Speaks.Http2),
        new("goaway before it", Replies.Http2(peer => peer.GoAwayAsync(lastStream: 0)),
            AttemptOutcome.NotApplied, null, "stream_refused", Speaks.Http2),
        new("goaway after it", Replies.Http2(peer => peer.GoAwayAsync()).Then(Replies.Close),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
        new("cancelled stream", Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.Cancel)),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
        new("failed stream", Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.InternalError)),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
        new("enhance your calm", Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.EnhanceYourCalm)),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
        new("HTTP/1.1 required", Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.Http11Required)),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
        new("stream cut", Replies.Begin(201, 60).Then(Trickle)
                .Then(Replies.Http2(peer => peer.ResetStreamAsync(RawHttp2Exchange.InternalError))),
            AttemptOutcome.InDoubt, 201, "answer_truncated", Speaks.Http2),
        new("garbage", Replies.Http2(peer => peer.SendGarbageAsync()),
            AttemptOutcome.InDoubt, null, "connection_lost", Speaks.Http2),
    ];

    private static Reply TooMany(string retryAfter) => Replies.Answer(429, "{}", ("Retry-After", retryAfter));

    private static async Task<bool> Trickle(IRawExchange exchange)
    {
        foreach (var letter in "{\"status\":")
            await exchange.WriteAsync($"{letter}");
        return true;
    }
}

/// <summary>Over which protocols a fault exists.</summary>
[Flags]
internal enum Speaks
{
    Http1 = 1,
    Http2 = 2,
    Both = Http1 | Http2,
}
