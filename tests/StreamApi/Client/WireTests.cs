using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>The client against bytes: what is sent, what is read, and what is never sent again.</summary>
public sealed class WireTests
{
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
            Replies.Created, Replies.Answer(422, """{"message":"why"}"""));
        using var client = Clients.For(server.Url);
        var taken = await client.SendAsync(Clients.View(), CancellationToken.None);
        var refused = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal(("r-1", Replies.Receipt), (taken.Reference, taken.Answer));
        Assert.Equal((null, """{"message":"why"}"""), (refused.Reference, refused.Answer));
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(429, "999999999999", 900)]
    [InlineData(429, "Mon, 23 Nov 2026 10:00:20 GMT", 20)]
    [InlineData(503, "7", 7)]
    public async Task What_the_upstream_asks_for_is_reported_by_its_own_clock(
        int status, string retryAfter, int seconds)
    {
        await using var server = new RawServer(
            Replies.Answer(status, "{}", ("Retry-After", retryAfter), ("Date", "Mon, 23 Nov 2026 10:00:00 GMT")));
        var hourAhead = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero));
        using var client = Clients.For(server.Url, hourAhead);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(seconds), report.RetryAfter);
    }

    [Fact]
    public async Task A_pooled_connection_that_dies_meanwhile_costs_at_most_a_doubt_and_never_a_second_request()
    {
        for (var times = 0; times < 50; times++)
        {
            await using var server = new RawServer(Replies.Created.Then(Replies.Reset), Replies.Created);
            using var client = Clients.For(server.Url);
            await client.SendAsync(Clients.View(), CancellationToken.None);
            var report = await client.SendAsync(Clients.View(), CancellationToken.None);

            // The handler noticed in time and took a new connection, or the body went into a dead one.
            var arrived = report.Outcome == AttemptOutcome.Delivered;
            Assert.Equal(arrived ? 2 : 1, server.Requests.Count);
            Assert.True(arrived || report.Outcome == AttemptOutcome.InDoubt);
        }
    }
}
