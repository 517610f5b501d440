using System.Net;
using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData("""{"event_id":"o1","event":TEXT(<event>)}""")]
    [InlineData("""TEXT(<order>)""")]
    [InlineData("""TEXT(TEXT(<order>))""")]
    [InlineData("""{"events":TEXT([<order>])}""")]
    [InlineData("""[TEXT(<order>)]""")]
    [InlineData("""{"event_id":"o1","event":{"type":"ORDER_CHECKOUT","order":TEXT({"referenceId":"HB-9001"})}}""")]
    [InlineData("""{"data":<order>}""")]
    [InlineData("""{"event_id":"o1","payload":<event>}""")]
    [InlineData("""{"data":{"body":TEXT({"events":[<order>]})}}""")]
    public async Task An_order_is_found_in_a_text_and_in_a_wrapper(string shape)
    {
        await using var api = await ApiHost.StartAsync();
        var body = WithTexts(shape.Replace("<order>", Order, StringComparison.Ordinal).Replace("<event>", Event, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync("/v1/guests/cust-42/events", body)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync("/v1/guests/undefined/events", body)).Status);
        await api.PostAsync("/v1/events", body, contentType: "application/x-ndjson");

        Assert.Equal(
            Enumerable.Repeat("o1 ORDER_CHECKOUT HB-9001", 3),
            Found(await api.GetAsync("/v1/rejections?order_reference=HB-9001"), "items"));
    }

    [Theory]
    [InlineData("/v1/guests/cust-1/events", "[{A},{B}]")]
    [InlineData("/v1/guests/undefined/events", "[{A},{B}]")]
    [InlineData("/v1/guests/undefined/events", """{"events":[{A},{B}]}""")]
    [InlineData("/v1/guests/cust-1/events", """{"events":{"0":{A},"1":{B}}}""")]
    [InlineData("/v1/guests/cust-1/events", """{"Events":[{A},{B}]}""")]
    [InlineData("/v1/guests/cust-1/events", """{"events":TEXT([{A},{B}])}""")]
    [InlineData("/v1/events", """{"events":[{A},{B}]}""")]
    [InlineData("/v1/events", """{"data":[[{A}],[{B}]]}""")]
    [InlineData("/v1/events", """{"first":{A},"second":{B}}""")]
    public async Task Every_order_and_guest_of_a_rejected_request_is_found(string path, string shape)
    {
        await using var api = await ApiHost.StartAsync();
        var body = WithTexts(shape
            .Replace("{A}", """{"guest":"cust-1","event_id":"o1","event":{"type":"ORDER_CHECKOUT","order":{"referenceId":"HB-1"}}}""")
            .Replace("{B}", """{"guest":"cust-2","event_id":"o2","event":{"type":"CHECKOUT","reference_id":"HB-2"}}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync(path, body)).Status);

        Assert.Equal(["o1 ORDER_CHECKOUT HB-1"], Found(await api.GetAsync("/v1/rejections?order_reference=HB-1"), "items"));
        Assert.Equal(["o2 CHECKOUT HB-2"], Found(await api.GetAsync("/v1/rejections?order_reference=HB-2"), "items"));
        Assert.Equal(
            ["o2 CHECKOUT HB-2"], Found(await api.PostAsync("/v1/guests/search", """{"order_reference":"HB-2"}"""), "rejections"));
        if (path == "/v1/events")
            Assert.Equal(["o2 CHECKOUT HB-2"], Found(await api.GetAsync("/v1/rejections?guest=cust-2"), "items"));
    }

    [Theory]
    [InlineData("""{"event":[{"type":"CHECKOUT","reference_id":"HB-1"},{"type":"CHECKOUT","reference_id":"HB-2"}]}""")]
    [InlineData("""{"event":{"type":"ORDER_CHECKOUT","order":[{"referenceId":"HB-1"},{"referenceId":"HB-2"}]}}""")]
    public async Task An_envelope_around_several_orders_is_found_by_each(string body)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.PostAsync("/v1/guests/cust-42/events", body)).Status);

        foreach (var reference in (string[])["HB-1", "HB-2"])
            Assert.Single((await api.GetAsync($"/v1/rejections?order_reference={reference}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_rejected_request_is_listed_once_for_each_event_of_a_batch_at_most()
    {
        await using var api = await ApiHost.StartAsync();
        var events = string.Join(',', Enumerable.Range(0, 501).Select(at => $$"""{"type":"CHECKOUT","reference_id":"HB-{{at}}"}"""));

        await api.PostAsync("/v1/guests/cust-42/events", $"[{events}]");

        Assert.Equal(500, (await api.GetAsync("/v1/rejections?limit=500")).Json.GetProperty("items").GetArrayLength());
        Assert.Empty((await api.GetAsync("/v1/rejections?order_reference=HB-500")).Json.GetProperty("items").EnumerateArray());
    }

    /// <summary>Writes what stands in <c>TEXT(…)</c> as a text that holds it.</summary>
    private static string WithTexts(string shape)
    {
        while (shape.LastIndexOf("TEXT(", StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = shape.IndexOf(')', start);
            var text = JsonValue.Create(shape[(start + 5)..end]).ToJsonString();
            shape = shape[..start] + text + shape[(end + 1)..];
        }

        return shape;
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
