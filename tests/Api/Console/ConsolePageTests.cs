using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Console;

/// <summary>What the pages say, and what their forms do.</summary>
public sealed class ConsolePageTests
{
    /// <summary>Texts that would run if a page wrote them as they are.</summary>
    private static readonly string[] Attacks =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)", "</textarea><svg/onload=alert(1)>",
        "javascript:alert(1)", "{{7*7}}${7*7}", "</pre><iframe srcdoc='<script>alert(1)</script>'>", "<!--><b>", "\u2028<b>\u202e",
    ];

    [Fact]
    public async Task A_guest_is_shown_masked_with_the_state_of_its_line_in_a_sentence()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        api.Guest("cust-42").View = Views.Guest() with { Wait = new WaitView(WaitCode.RetryAfter, ApiHost.Now.AddMinutes(4)) };
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.GetAsync("/console/guests/cust-42");

        Assert.Contains("2 events wait. The upstream asked by Retry-After", page.Text, StringComparison.Ordinal);
        Assert.Contains("Until 10:19:30 UTC.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("niamh", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<svg", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sessions as a table", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_reach_the_timeline_and_empty_fields_are_none()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        api.Guest("cust-42").Timeline = new TimelinePage([Views.Summary(), Views.Summary(4) with { Type = "VIEW" }], null);
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.GetAsync(
            "/console/guests/cust-42?state=&not_type=view&type=&received_from=2026-11-23T10:15&received_to=&order=oldest");

        Assert.Contains("data-event=\"b3f3\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-event=\"b3f4\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("b3f4", (await agent.GetAsync("/console/guests/cust-42")).Text, StringComparison.Ordinal);
        var none = await agent.GetAsync("/console/guests/cust-42?received_from=2026-11-23T10:16");
        Assert.Contains("No event here matches the filter.", none.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.GetAsync("/console/guests/cust-42?state=lost")).Status);
    }

    [Fact]
    public async Task A_row_opens_with_the_attempts_the_bodies_and_the_forms_of_its_acts()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.GetAsync("/console/guests/cust-42?open=b3f3");
        var row = await agent.GetAsync("/console/guests/cust-42/rows/b3f3?open=");

        foreach (var text in (string[])[page.Text, row.Text])
        {
            Assert.Contains("HTTP 400", text, StringComparison.Ordinal);
            Assert.Contains("pooled connection", text, StringComparison.Ordinal);
            Assert.Contains("action=\"/console/guests/cust-42/events/b3f3/redrive\"", text, StringComparison.Ordinal);
            Assert.Contains("Authorization: Bearer $SESSIONS_KEY", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<html", row.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_is_done_by_the_signed_in_person_via_the_console_and_leads_back_to_the_event()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var answer = await agent.PostAsync("/console/guests/cust-42/events/b3f3/redrive", ("reason", "a customer called"));

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/console/guests/cust-42?open=b3f3&done=redriven#open"), (answer.Status, answer.Location));
        Assert.Equal(new ActMessage("agent", "a customer called", "console"), api.Guest("cust-42").AskedRedrive!.Act);
        Assert.Contains("back in its guest", (await agent.GetAsync(answer.Location!)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redrive", "reason", "", "Expected a reason")]
    [InlineData("redrive", "patch", "{", "patch")]
    [InlineData("redrive", "patch", """{"page":"n•••"}""", "mask")]
    [InlineData("resolve", "outcome", "perhaps", "Expected delivered or not_delivered")]
    public async Task An_act_that_is_not_complete_says_what_is_missing_and_does_nothing(
        string act, string field, string value, string says)
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var answer = field == "reason"
            ? await agent.PostAsync($"/console/guests/cust-42/events/b3f3/{act}", (field, value))
            : await agent.PostAsync($"/console/guests/cust-42/events/b3f3/{act}", ("reason", "r"), (field, value));

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.Null(api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task A_group_is_planned_begun_once_and_cancelled()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var plan = await agent.GetAsync("/console/aside/plan?type=IDENTITY&code=upstream_refused");
        (string, string)[] form = [("type", "IDENTITY"), ("code", "upstream_refused"), ("key", "k1"), ("reason", "fixed upstream")];
        var first = await agent.PostAsync("/console/aside/redrive", form);
        var again = await agent.PostAsync("/console/aside/redrive", form);

        Assert.Contains("Redrive 1 event", plan.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal(first.Location, again.Location);
        var id = first.Location!.Split('/', '?')[3];
        Assert.Equal(("IDENTITY", "upstream_refused", "console"), (
            api.Cluster.Operation($"demo/{id}").Asked.Type, api.Cluster.Operation($"demo/{id}").Asked.Code,
            api.Cluster.Operation($"demo/{id}").Asked.Act.Via));

        var cancelled = await agent.PostAsync($"/console/operations/{id}/cancel", ("reason", "wrong one"));
        var page = await agent.GetAsync(cancelled.Location!);
        Assert.Contains("Cancelled by agent", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_hides_the_act_and_says_who_has_it()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var officer = await ConsoleClient.SignInAsync(api, "privacy");

        var guest = await officer.GetAsync("/console/guests/cust-42?open=b3f3");
        using var agent = await ConsoleClient.SignInAsync(api, "agent");
        var health = await agent.GetAsync("/console/health");
        var audit = await agent.GetAsync("/console/audit");

        Assert.DoesNotContain("/redrive\"", guest.Text, StringComparison.Ordinal);
        Assert.Contains("You can ask an agent, a lead or an admin.", guest.Text, StringComparison.Ordinal);
        Assert.Contains("You can ask a privacy officer or an admin.", health.Text, StringComparison.Ordinal);
        Assert.Contains("You can ask a privacy officer or an admin.", audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_says_who_acted_via_the_console_and_why()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var admin = await ConsoleClient.SignInAsync(api, "admin");

        var page = await admin.GetAsync("/console/audit");

        Assert.Contains("agent <small>console</small>", page.Text, StringComparison.Ordinal);
        Assert.Contains("a customer called", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_and_what_fails_has_a_page_too()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/console/guests/nobody")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/console/operations/none")).Status);
        Assert.Contains("<h1>", (await agent.GetAsync("/console/elsewhere")).Text, StringComparison.Ordinal);
        api.Cluster.Fault = new TimeoutException("no answer");
        var busy = await agent.GetAsync("/console/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.Status);
        Assert.Contains("The service is busy", busy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_caller_or_an_upstream_wrote_becomes_part_of_a_page()
    {
        foreach (var attack in Attacks)
        {
            await using var api = await ConsoleAccessTests.StartAsync();
            Fill(api, attack);
            using var admin = await ConsoleClient.SignInAsync(api, "admin");

            foreach (var path in (string[])
                ["/console/guests/cust-42?open=b3f3", "/console/guests/cust-42/rows/b3f3?open=", "/console/aside", "/console/audit",
                    "/console/aside/quarantine", "/console/operations", "/console/operations/op1", "/console/health",
                    $"/console/guests/cust-42?type={Uri.EscapeDataString(attack)}", $"/console/audit?by={Uri.EscapeDataString(attack)}",
                    $"/console/sign-in?to={Uri.EscapeDataString(attack)}", $"/console/guests/cust-42?done={Uri.EscapeDataString(attack)}"])
                MustBeInert((await admin.GetAsync(path)).Text, attack, path);
            MustBeInert((await admin.FindAsync(attack)).Text, attack, "find");
        }
    }

    private static void Fill(ApiHost api, string attack)
    {
        var guest = api.Guest("cust-42");
        var summary = Views.Summary() with
        {
            Type = attack,
            Reference = attack,
            Warnings = [new EventWarning("doubtful_value", attack)],
        };
        guest.View = Views.Guest() with
        {
            Identifiers = [new Identifier(attack, attack)],
            Pause = new PersonAct(attack, ApiHost.Now, attack),
            Sessions =
            [
                Views.Session(session => session with
                {
                    Channel = attack,
                    FirstPage = attack,
                    LastPage = attack,
                    Counts = new Dictionary<string, int> { [attack] = 1 },
                }),
            ],
        };
        guest.Timeline = new TimelinePage([summary], null);
        guest.Event = Views.Detail() with
        {
            Summary = summary,
            Received = Json(attack),
            Sent = Json(attack + attack),
            Attempts = [Views.Attempt(attack)],
            Acts = [new ReceiptAct(ActKind.Redriven, new PersonAct(attack, ApiHost.Now, attack), null, false)],
        };
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Asides.Add(new ListedSetAside(
            ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42"), "cust-42", 4, "b3f4", attack, "upstream_refused", ApiHost.Now));
        lists.Audit.Add(new ListedAct(2, attack, new RecordedAct(attack, new PersonAct(attack, ApiHost.Now, attack, attack))));
        lists.Operations.Add(new OperationView("op2", attack, ApiHost.Now, null, 1, 0, 0)
        {
            Act = new PersonAct(attack, ApiHost.Now, attack),
            Type = attack,
        });
    }

    private static byte[] Json(string text) =>
        Encoding.UTF8.GetBytes($$"""{"type":"VIEW","page":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""");

    private static void MustBeInert(string page, string attack, string path)
    {
        if (attack.Contains('<', StringComparison.Ordinal))
            Assert.False(page.Contains(attack, StringComparison.Ordinal), $"{path} shows {attack} as it is.");
        foreach (var form in (string[])["<script>alert", "<img src=x", "<svg/onload", "<iframe", " onmouseover=", "href=\"javascript:"])
            Assert.False(page.Contains(form, StringComparison.OrdinalIgnoreCase), $"{path} shows {form}.");
    }
}
