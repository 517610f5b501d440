using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>Nothing is green that is not: what was doubtful about an event is shown wherever the event is.</summary>
public sealed class WarningReadTests
{
    private const string Shown =
        """[{"path":"/event/type","code":"checkout_without_confirm","detail":"No CONFIRM preceded it in its session. The upstream creates no order."}]""";

    private static readonly EventSummary Delivered = Views.Summary() with
    {
        State = "delivered",
        Warnings = [new EventWarning("checkout_without_confirm", "/event/type")],
    };

    [Fact]
    public async Task A_delivered_event_shows_what_its_caller_was_warned_of_in_timeline_and_receipt()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Timeline = new TimelinePage([Delivered], null);
        api.Guest("cust-42").Event = Views.Detail() with { Summary = Delivered };

        var row = (await api.GetAsync("/v1/guests/cust-42/events?warning=checkout_without_confirm")).Json.GetProperty("items")[0];
        var receipt = (await api.GetAsync("/v1/guests/cust-42/events/b3f3")).Json;

        Assert.Equal(Shown, row.GetProperty("warnings").GetRawText());
        Assert.Equal(Shown, receipt.GetProperty("warnings").GetRawText());
        Assert.Equal("checkout_without_confirm", api.Guest("cust-42").AskedTimeline!.Warning);
    }

    [Theory]
    [InlineData("/v1/quarantine")]
    [InlineData("/v1/in-doubt")]
    public async Task The_lists_show_and_filter_by_warnings(string list)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Lists(ApiHost.Tenant).Asides.Add(
            new ListedSetAside(new GuestKey(ApiHost.Tenant, 1), "cust-42", 3, "b3f3", "CHECKOUT", "refused", ApiHost.Now)
            {
                Warnings = Delivered.Warnings,
            });

        var row = (await api.GetAsync($"{list}?warning=any")).Json.GetProperty("items")[0];

        Assert.Equal(Shown, row.GetProperty("warnings").GetRawText());
        Assert.Equal("any", api.Cluster.Lists(ApiHost.Tenant).AskedAside!.Warning);
    }

    [Fact]
    public async Task Warnings_of_the_validation_travel_with_the_event()
    {
        await using var api = await ApiHost.StartAsync();

        await api.PostAsync(Samples.Path, """{"event_id":"b1","event":{"type":"view","page":"/","pos":"harbourbikes/ie"}}""");

        var recorded = Assert.Single(Assert.Single(api.Cluster.Recorded).Events);
        Assert.Contains(new EventWarning("normalised", "/event/type"), recorded.Content.Warnings);
    }
}
