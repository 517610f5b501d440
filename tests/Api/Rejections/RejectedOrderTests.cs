using System.Net;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Rejections;

/// <summary>Support finds a rejected order by its guest and its reference, whatever it was rejected for.</summary>
public sealed class RejectedOrderTests
{
    private const string Event = """{"type":"ORDER_CHECKOUT","pos":"harbourbikes/ie","order":{"referenceId":"HB-9001"}}""";
    private const string Order = $$"""{"event_id":"o1","event":{{Event}}}""";

    [Theory]
    [InlineData("/v1/guests/niamh%40x.example/events", Order, "Niamh@x.example")]
    [InlineData("/v1/guests/undefined/events", Order, "undefined")]
    [InlineData("/v1/guests/undefined/events", $$"""{"events":[{{Order}}]}""", "undefined")]
    [InlineData("/v1/guests/cust-42/events", $$"""{"events":{{Order}}}""", "cust-42")]
    [InlineData("/v1/guests/cust-42/events", $$"""{"event_id":"o1","event":[{{Event}}]}""", "cust-42")]
    [InlineData("/v1/guests/cust-42/events", $$"""{"event_id":"o1","Event":{{Event}}}""", "cust-42")]
    [InlineData("/v1/guests/cust-42/events",
        """{"event_id":"o1","type":"ORDER_CHECKOUT","order":[{"referenceId":"HB-9001"}]}""", "cust-42")]
    [InlineData("/v1/events", $$"""[{"guest":"a b","event_id":"o1","event":{{Event}}}]""", "A b")]
    [InlineData("/v1/events", $$"""{"guest":"cust-42","event_id":"o1","event":{{Event}}}""", "cust-42")]
    public async Task A_rejected_order_is_found_by_its_guest_and_its_reference(string path, string body, string guest)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync(path, body)).Status);

        var escaped = Uri.EscapeDataString(guest);
        Assert.Equal(["o1 ORDER_CHECKOUT HB-9001"], Found(await api.GetAsync("/v1/rejections?order_reference=hb-9001"), "items"));
        Assert.Equal(["o1 ORDER_CHECKOUT HB-9001"], Found(await api.GetAsync($"/v1/rejections?guest={escaped}"), "items"));
        Assert.Equal(["o1 ORDER_CHECKOUT HB-9001"], Found(await api.GetAsync($"/v1/guests/{escaped}"), "rejections"));
        Assert.Equal(["o1 ORDER_CHECKOUT HB-9001"], Found(await api.GetAsync($"/v1/guests/{escaped}/events/o1"), "rejections"));
        foreach (var text in (string[])["HB-9001", guest])
            Assert.Equal(
                ["o1 ORDER_CHECKOUT HB-9001"],
                Found(await api.PostAsync("/v1/guests/search", $$"""{"text":"{{text}}"}"""), "rejections"));
    }

    [Fact]
    public async Task Guests_whose_ids_differ_in_capitals_show_their_own_rejections()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync("/v1/guests/Cust-42/events", """{"event_id":"o1","event":[]}""");
        await api.PostAsync("/v1/guests/cust-42/events", """{"event_id":"o2","event":[]}""");

        var shown = (await api.GetAsync("/v1/guests/Cust-42")).Json.GetProperty("rejections").EnumerateArray();

        Assert.Equal("o1", Assert.Single(shown).GetProperty("event_id").GetString());
    }

    private static IEnumerable<string> Found(Answer answer, string list) => answer.Json.GetProperty(list).EnumerateArray()
        .Select(static rejection => string.Join(' ', ((string[])["event_id", "type", "order_reference"])
            .Select(member => rejection.GetProperty(member).GetString())));
}
