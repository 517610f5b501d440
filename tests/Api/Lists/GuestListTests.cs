using System.Net;
using System.Text.Json;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Lists;

public sealed class GuestListTests
{
    private static readonly SetAsidePlace Place = new(ApiHost.Now, 0xabc, 7);

    [Fact]
    public async Task Quarantined_events_are_listed_and_the_next_page_begins_where_this_one_ended()
    {
        await using var api = await ApiHost.StartAsync();
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Asides.Add(Aside(7, "b3f1", "VIEW", "upstream_refused"));
        lists.Asides.Add(Aside(8, "b3f2", "ADD", null));

        var answer = await api.GetAsync("/v1/quarantine?limit=1");

        Assert.Equal(
            """[{"guest":"cust-42","event_id":"b3f1","sequence":7,"type":"VIEW","code":"upstream_refused","at":"2026-11-23T10:15:30.000Z"}]""",
            answer.Json.GetProperty("items").GetRawText());
        await api.GetAsync($"/v1/quarantine?after={answer.Json.GetProperty("next").GetString()}");
        Assert.Equal(new SetAsideQuery(ApiHost.Tenant, false, null, null, null, Place, 51), lists.AskedAside);
    }

    [Fact]
    public async Task Events_in_doubt_are_filtered_by_type_code_and_age()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync("/v1/in-doubt?type=ORDER_CHECKOUT&code=attempts_exhausted&before=2026-11-23T10:15:30Z");

        Assert.Equal((HttpStatusCode.OK, """{"items":[],"next":null}"""), (answer.Status, answer.Text));
        Assert.Equal(
            new SetAsideQuery(ApiHost.Tenant, true, "ORDER_CHECKOUT", "attempts_exhausted", ApiHost.Now, null, 51),
            api.Cluster.Lists(ApiHost.Tenant).AskedAside);
    }

    [Fact]
    public async Task The_backlog_names_hot_guests()
    {
        await using var api = await ApiHost.StartAsync();
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Backlog.Add(Backlog(0xabc, "cust-42", 120, "paused"));
        lists.Backlog.Add(Backlog(0xabd, "cust-43", 1));

        var answer = await api.GetAsync("/v1/backlog?hot=true&limit=1");

        var item = Assert.Single(answer.Json.GetProperty("items").EnumerateArray());
        Assert.StartsWith(
            """{"guest":"cust-42","undelivered":120,"oldest_pending_at":"2026-11-23T10:15:30.000Z","block":"paused","hot":true,"waiting":{"code":"paused",""",
            item.GetRawText(), StringComparison.Ordinal);
        await api.GetAsync($"/v1/backlog?after={answer.Json.GetProperty("next").GetString()}");
        Assert.Equal((false, (UInt128)0xabc, 51), lists.AskedBacklog);
    }

    [Theory]
    [InlineData("DEMO-SUPPORT", "CUST-42.A", "demo-support", "Cust-42.A")]
    [InlineData("demo-support%20", "Cust-42.A", "demo-support", "Cust-42.A")]
    [InlineData("Left-Long-Ago", "cust-43", "Left-Long-Ago", "cust-43")]
    public async Task The_audit_is_asked_regardless_of_capitals(string by, string guest, string askedBy, string asked)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("Cust-42.A").View = Views.Guest();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("text", "cust-42.a", "Cust-42.A"));

        await api.GetAsync($"/v1/audit?by={by}&guest={guest}");

        Assert.Equal(
            (askedBy, ApiHost.Keyring.KeyOf(ApiHost.Tenant, asked).ToString(), null, 51),
            api.Cluster.Lists(ApiHost.Tenant).AskedAudit);
    }

    [Fact]
    public async Task The_audit_tells_who_did_what_to_whom_and_why()
    {
        await using var api = await ApiHost.StartAsync();
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Audit.Add(new ListedAct(
            9, "cust-42", new RecordedAct("redriven", new PersonAct("support-7", ApiHost.Now, "a typo"), 7, "b3f7")));
        lists.Audit.Add(new ListedAct(
            8, null, new RecordedAct("bulk_redrive_started", new PersonAct("support-7", ApiHost.Now))));

        var answer = await api.GetAsync("/v1/audit?by=support-7&guest=cust-42&limit=1");

        Assert.Equal(
            """{"items":[{"at":"2026-11-23T10:15:30.000Z","by":"support-7","act":"redriven","reason":"a typo","guest":"cust-42","event_id":"b3f7","sequence":7}],"next":"9"}""",
            answer.Text);
        Assert.Equal(
            ("support-7", ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42").ToString(), null, 2), lists.AskedAudit);
        await api.GetAsync("/v1/audit?after=9");
        Assert.Equal((null, null, 9L, 51), lists.AskedAudit);
    }

    [Fact]
    public async Task Health_counts_up_to_ten_thousand()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Lists(ApiHost.Tenant).Counts = new TenantCounts(10_001, 10_000, 3, 0);

        var health = (await api.GetAsync("/v1/delivery-health")).Json;

        Assert.Equal("""{"count":10000,"more":true}""", health.GetProperty("waiting_guests").GetRawText());
        Assert.Equal("""{"count":10000,"more":false}""", health.GetProperty("hot_guests").GetRawText());
        Assert.Equal("""{"count":3,"more":false}""", health.GetProperty("quarantined").GetRawText());
        Assert.Equal("""{"count":0,"more":false}""", health.GetProperty("in_doubt").GetRawText());
        Assert.Equal(JsonValueKind.Null, health.GetProperty("oldest_pending_at").ValueKind);
        Assert.Equal(
            """{"pause":null,"trouble":"none","circuit_open":false,"waiting":0,"reason":null,"in_flight":0}""",
            health.GetProperty("delivery").GetRawText());
    }

    [Fact]
    public async Task Health_says_how_long_the_longest_waits_and_what_holds_the_tenant_up()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Lists(ApiHost.Tenant).Counts = new TenantCounts(1, 0, 0, 0)
        {
            WaitingSince = ApiHost.Now.AddSeconds(-90),
        };
        api.Cluster.Tenant(ApiHost.Tenant).View = new TenantDeliveryView
        {
            Pause = new PersonAct("admin-1", ApiHost.Now, "maintenance"),
            Trouble = TenantTrouble.Refusals,
            TroubleSince = ApiHost.Now,
            TroubleStatus = 400,
            HeldUntil = ApiHost.Now.AddSeconds(30),
            CircuitOpen = true,
            Waiting = 7,
        };

        var health = (await api.GetAsync("/v1/delivery-health")).Json;

        Assert.Equal(90, health.GetProperty("oldest_pending_age").GetDouble());
        Assert.StartsWith(
            """{"pause":{"by":"admin-1","at":"2026-11-23T10:15:30.000Z","reason":"maintenance"},"trouble":"refusals","trouble_since":"2026-11-23T10:15:30.000Z","trouble_status":400,"held_until":"2026-11-23T10:16:00.000Z","circuit_open":true,"waiting":7,"reason":{"code":"tenant_paused",""",
            health.GetProperty("delivery").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WaitCode.AwaitingBrowser, "awaiting_browser")]
    [InlineData(WaitCode.BackOff, "back_off")]
    [InlineData(WaitCode.Sending, null)]
    public async Task The_backlog_asks_a_guest_that_no_block_explains_why_it_does_not_move(WaitCode code, string? block)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Guests.Views.Guest() with { Wait = new WaitView(code, ApiHost.Now) };
        api.Cluster.Lists(ApiHost.Tenant).Backlog.Add(Backlog(0xabc, "cust-42", 1));

        var item = (await api.GetAsync("/v1/backlog")).Json.GetProperty("items")[0];

        Assert.Equal(block, item.GetProperty("block").GetString());
        Assert.Equal("2026-11-23T10:15:30.000Z", item.GetProperty("waiting").GetProperty("until").GetString());
    }

    [Fact]
    public async Task The_backlog_names_what_holds_up_the_whole_tenant()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Tenant(ApiHost.Tenant).View = new TenantDeliveryView { CircuitOpen = true, CircuitUntil = ApiHost.Now };
        api.Cluster.Lists(ApiHost.Tenant).Backlog.Add(Backlog(0xabc, "cust-42", 1));

        var item = (await api.GetAsync("/v1/backlog")).Json.GetProperty("items")[0];

        Assert.Equal("circuit_open", item.GetProperty("block").GetString());
    }

    [Theory]
    [InlineData("/v1/quarantine?after=7", "/after")]
    [InlineData("/v1/quarantine?after=9999999999999999999.00000000000000000000000000000000.1", "/after")]
    [InlineData("/v1/quarantine?before=yesterday", "/before")]
    [InlineData("/v1/quarantine?limit=501", "/limit")]
    [InlineData("/v1/backlog?hot=maybe", "/hot")]
    [InlineData("/v1/backlog?after=abc", "/after")]
    [InlineData("/v1/audit?after=x", "/after")]
    [InlineData("/v1/audit?limit=0", "/limit")]
    public async Task An_invalid_parameter_is_answered_400_and_named(string path, string name)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync(path);

        answer.MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
        Assert.Equal(name, answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    private static ListedSetAside Aside(long sequence, string id, string type, string? code) =>
        new(new GuestKey(ApiHost.Tenant, 0xabc), "cust-42", sequence, id, type, code, ApiHost.Now);

    private static ListedBacklog Backlog(UInt128 hash, string guest, int undelivered, string? block = null) =>
        new(new GuestKey(ApiHost.Tenant, hash), guest, undelivered, ApiHost.Now, block);
}
