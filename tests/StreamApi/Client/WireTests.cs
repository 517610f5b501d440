using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>The client against bytes: exact classes, and exactly as many requests as were meant.</summary>
public sealed class WireTests
{
    private static readonly string Big = "{\"ref\":\"" + new string('x', 70_000) + "\"}";

    public static TheoryData<string, AttemptOutcome, int?, string?> Replying => new()
    {
        { "created", AttemptOutcome.Delivered, 201, null },
        { "ok", AttemptOutcome.Delivered, 200, null },
        { "chunked", AttemptOutcome.Delivered, 201, null },
        { "no_content", AttemptOutcome.InDoubt, 204, null },
        { "html", AttemptOutcome.InDoubt, 201, "answer_unreadable" },
        { "empty", AttemptOutcome.InDoubt, 201, "answer_unreadable" },
        { "truncated", AttemptOutcome.InDoubt, 201, "answer_truncated" },
        { "too_long", AttemptOutcome.InDoubt, 201, "answer_too_long" },
        { "not_found_json", AttemptOutcome.Refused, 404, null },
        { "not_found_html", AttemptOutcome.Misconfigured, 404, null },
        { "bad_request", AttemptOutcome.Refused, 400, null },
        { "unauthorized", AttemptOutcome.Misconfigured, 401, null },
        { "redirect", AttemptOutcome.Misconfigured, 307, null },
        { "too_many", AttemptOutcome.NotApplied, 429, null },
        { "error", AttemptOutcome.InDoubt, 500, null },
        { "unavailable", AttemptOutcome.InDoubt, 503, null },
        { "reset", AttemptOutcome.InDoubt, null, "connection_lost" },
        { "close", AttemptOutcome.InDoubt, null, "connection_lost" },
        { "half_a_head", AttemptOutcome.InDoubt, null, "connection_lost" },
        { "not_http", AttemptOutcome.InDoubt, null, "connection_lost" },
    };

    [Theory]
    [MemberData(nameof(Replying))]
    public async Task On_a_fresh_connection_the_upstream_sees_one_request(
        string reply, AttemptOutcome outcome, int? status, string? error)
    {
        await using var server = new RawServer(ReplyNamed(reply));
        using var client = Clients.For(server.Url);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((outcome, status, error), (report.Outcome, report.Status, report.Error));
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Replying))]
    public async Task On_a_pooled_connection_the_upstream_sees_one_request_more(
        string reply, AttemptOutcome outcome, int? status, string? error)
    {
        await using var server = new RawServer(Replies.Created, ReplyNamed(reply));
        using var client = Clients.For(server.Url);
        await client.SendAsync(Clients.View(), CancellationToken.None);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((outcome, status, error), (report.Outcome, report.Status, report.Error));
        Assert.Equal((2, 1), (server.Requests.Count, server.Connections));
    }

    [Fact]
    public async Task Only_a_request_without_a_body_is_sent_again_when_its_pooled_connection_dies()
    {
        // The counterpart of the rows "close": it shows that they would see a resend.
        await using var server = new RawServer(Replies.Created, Replies.Close, Replies.Created);
        using var client = Clients.For(server.Url);
        await client.SendAsync(Clients.View(), CancellationToken.None);
        await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_request_carries_what_was_composed_and_nothing_about_us()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For($"{server.Url}/prefix/");
        using var activity = new Activity("delivery").Start();
        await client.SendAsync(Clients.View(), CancellationToken.None);
        var body = """{"type":"VIEW","channel":"WEB","page":"/","n":1.10,"pos":"harbourbikes/ie","""
            + $"\"browser_id\":\"{Clients.BrowserId}\",\"client_key\":\"key-1\"}}";
        Assert.Equal(
            string.Join("\r\n",
                "POST /prefix/v1.2/events HTTP/1.1",
                $"Host: {new Uri(server.Url).Authority}",
                "Accept: application/json",
                "Content-Type: application/json",
                $"Content-Length: {body.Length}",
                "",
                body),
            Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_tenant_that_wants_it_gets_the_time_of_the_event()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, tenant: acme => acme.StreamApi.SendRequestedAt = true);
        await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.EndsWith(
            "\"requested_at\":\"2026-11-23T10:15:30.120Z\"}",
            Assert.Single(server.Requests),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_and_the_answer_go_into_the_report()
    {
        await using var server = new RawServer(
            Replies.Created, Replies.Answer("422 No", """{"message":"why"}"""));
        using var client = Clients.For(server.Url);
        var taken = await client.SendAsync(Clients.View(), CancellationToken.None);
        var refused = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal(("r-1", null), (taken.Reference, taken.Answer));
        Assert.Equal((null, """{"message":"why"}"""), (refused.Reference, refused.Answer));
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: 999999999999", 900)]
    [InlineData("Retry-After: Mon, 23 Nov 2026 10:00:20 GMT", 20)]
    public async Task What_the_upstream_asks_for_is_reported_by_its_own_clock(string header, int seconds)
    {
        await using var server = new RawServer(
            Replies.Answer("429 Slow", "{}", header, "Date: Mon, 23 Nov 2026 10:00:00 GMT"));
        var hourAhead = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero));
        using var client = Clients.For(server.Url, hourAhead);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(seconds), report.RetryAfter);
    }

    private static Reply ReplyNamed(string name) => name switch
    {
        "created" => Replies.Created,
        "ok" => Replies.Answer("200 OK", Replies.Receipt),
        "chunked" => Replies.Raw(
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{Replies.Receipt.Length:x}\r\n{Replies.Receipt}\r\n0\r\n\r\n"),
        "no_content" => Replies.Raw("HTTP/1.1 204 No Content\r\n\r\n"),
        "html" => Replies.Answer("201 Created", "<html>captive portal</html>", "Content-Type: text/html"),
        "empty" => Replies.Answer("201 Created", ""),
        "truncated" => Replies.Raw("HTTP/1.1 201 Created\r\nContent-Length: 60\r\n\r\n{\"status\":")
            .Then(Replies.Close),
        "too_long" => Replies.Answer("201 Created", Big),
        "not_found_json" => Replies.Answer("404 Not Found", """{"status":404}"""),
        "not_found_html" => Replies.Answer("404 Not Found", "<html></html>"),
        "bad_request" => Replies.Answer("400 Bad Request", "nothing to read"),
        "unauthorized" => Replies.Answer("401 Unauthorized", "{}", "WWW-Authenticate: Basic"),
        "redirect" => Replies.Answer("307 Temporary Redirect", "", "Location: /elsewhere"),
        "too_many" => Replies.Answer("429 Too Many Requests", "{}"),
        "error" => Replies.Answer("500 Internal Server Error", "{}"),
        "unavailable" => Replies.Answer("503 Service Unavailable", "{}"),
        "reset" => Replies.Reset,
        "close" => Replies.Close,
        "half_a_head" => Replies.Raw("HTTP/1.1 201 Cre").Then(Replies.Close),
        "not_http" => Replies.Raw("220 smtp.example ready\r\n\r\n").Then(Replies.Close),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
