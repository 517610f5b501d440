using System.Net;
using System.Text.Json;

namespace GuestSessions.Client.Tests;

/// <summary>Calls that return when their event is durable.</summary>
public sealed class TrackTests : IAsyncDisposable
{
    private readonly TestClient _client = new();

    [Fact]
    public async Task A_tracked_event_returns_its_receipt()
    {
        var receipt = await _client.Sessions.TrackAsync("cust-42", TestClient.View("e1"));

        Assert.Equal(("e1", ReceiptStatus.Accepted, 1L), (receipt.EventId, receipt.Status, receipt.Sequence));
        var request = Assert.Single(_client.Service.Requests);
        Assert.Equal(("/v1/guests/cust-42/events", "Bearer secret"), (request.Path, request.Authorization));
    }

    [Fact]
    public async Task An_event_without_an_id_and_a_time_gets_both()
    {
        await _client.Sessions.TrackAsync("cust-42", TestClient.View());

        var envelope = JsonElement.Parse(Assert.Single(_client.Service.Requests).Body);
        Assert.Equal(32, envelope.GetProperty("event_id").GetString()!.Length);
        Assert.Equal(_client.Time.Start, envelope.GetProperty("occurred_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Warnings_come_with_the_receipt()
    {
        _client.Service.Answers = static _ => new
        {
            status = "accepted",
            sequence = 7,
            warnings = new[] { new { code = "confirm_without_add", path = "/event/product/0", detail = "…" } },
        };

        var receipt = await _client.Sessions.TrackAsync("cust-42", TestClient.View());

        Assert.Equal("confirm_without_add", Assert.Single(receipt.Warnings).Code);
    }

    [Fact]
    public async Task Every_try_has_the_same_body_and_a_stored_event_is_a_duplicate()
    {
        _client.Service.Faults.Enqueue(static _ => throw new HttpRequestException("connection refused"));
        _client.Service.Faults.Enqueue(static _ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        await _client.RunAsync(_client.Sessions.TrackAsync("cust-42", TestClient.View("known")));
        _client.Service.Faults.Enqueue(static _ => FakeService.Retry(503, seconds: null));

        var receipt = await _client.RunAsync(_client.Sessions.TrackAsync("cust-42", TestClient.View("known")));

        Assert.Equal(ReceiptStatus.Duplicate, receipt.Status);
        Assert.Equal(5, _client.Service.Requests.Count);
        Assert.Equal(2, _client.Service.Requests.Select(static request => request.Body).Distinct().Count());
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_service_says()
    {
        _client.Service.Faults.Enqueue(static _ => FakeService.Retry(429, seconds: 20));
        var call = _client.Sessions.TrackAsync("cust-42", TestClient.View());
        await Eventually.TrueAsync(() => _client.Service.Requests.Count == 1);

        await _client.RunAsync(call);

        Assert.InRange((_client.Time.GetUtcNow() - _client.Time.Start).TotalSeconds, 20, 25);
    }

    [Fact]
    public async Task A_rejected_event_throws_with_every_error_and_is_not_tried_again()
    {
        _client.Service.Faults.Enqueue(static _ => FakeService.Json(422, new
        {
            status = 422,
            code = "unknown_point_of_sale",
            event_id = "e1",
            errors = new[] { new { path = "/event/pos", code = "unknown_point_of_sale", detail = "Expected a point of sale." } },
        }));

        var rejected = await Assert.ThrowsAsync<EventRejectedException>(
            () => _client.Sessions.TrackAsync("cust-42", TestClient.View("e1")));

        Assert.Equal(("e1", "unknown_point_of_sale"), (rejected.EventId, rejected.Code));
        Assert.Contains("/event/pos: Expected a point of sale.", rejected.Message, StringComparison.Ordinal);
        Assert.Single(_client.Service.Requests);
    }

    [Fact]
    public async Task A_refused_key_throws_at_once()
    {
        _client.Service.Faults.Enqueue(static _ => FakeService.Json(401, new { code = "unauthenticated", detail = "Unknown key." }));

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(
            () => _client.Sessions.TrackAsync("cust-42", TestClient.View()));

        Assert.Equal((401, "unauthenticated"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_with_its_time_and_names_the_event()
    {
        for (var tries = 0; tries < 1000; tries++)
            _client.Service.Faults.Enqueue(static _ => FakeService.Retry(503, seconds: 1));

        var lost = await Assert.ThrowsAsync<EventNotStoredException>(
            () => _client.RunAsync(_client.Sessions.TrackAsync("cust-42", TestClient.View("e1"))));

        Assert.Equal(("e1", DropReason.TimedOut), (lost.EventId, lost.Reason));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var end = new CancellationTokenSource();
        _client.Service.Faults.Enqueue(_ =>
        {
            end.Cancel();
            return FakeService.Retry(503, seconds: 1);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.Sessions.TrackAsync("cust-42", TestClient.View(), end.Token));
    }

    [Fact]
    public async Task Of_several_events_those_to_send_again_are_sent_again_in_their_order()
    {
        var isFull = true;
        _client.Service.Answers = envelope => envelope.GetProperty("event_id").GetString() switch
        {
            "bad" => new { status = "rejected", code = "invalid_page", errors = Array.Empty<object>() },
            not "e1" when isFull => new { status = "retry", code = "guest_backlog_full", retry_after = 2 },
            _ => null,
        };
        var call = _client.Sessions.TrackManyAsync(
            "cust-42", [TestClient.View("e1"), TestClient.View("bad"), TestClient.View("e2"), TestClient.View("e3")]);
        await Eventually.TrueAsync(() => _client.Service.Requests.Count == 1);
        isFull = false;

        var results = await _client.RunAsync(call);

        Assert.Equal([1L, null, 2L, 3L], results.Select(static result => result.Receipt?.Sequence));
        Assert.Equal("invalid_page", results[1].Rejection!.Code);
    }

    [Fact]
    public async Task Identifiers_and_the_end_of_a_session_have_their_answers()
    {
        var identity = await _client.Sessions.IdentifyAsync(
            "cust-42", [new IdentityIdentifier { Provider = "CRM_ID", Id = "HB-1" }], new GuestProfile { Firstname = "Niamh" });
        var closing = await _client.Sessions.CloseSessionAsync("cust-42");

        Assert.Equal((2, 1), (identity.Identifiers, closing.Closed));
        Assert.Null(identity.Event);
        Assert.Equal(
            """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}],"profile":{"firstname":"Niamh"}}""",
            _client.Service.Requests.First().Body);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
