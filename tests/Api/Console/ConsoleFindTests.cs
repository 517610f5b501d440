using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Tests.Console;

/// <summary>The page that finds guests, and events by their ids.</summary>
public sealed class ConsoleFindTests
{
    [Fact]
    public async Task A_guest_is_found_by_a_form_and_the_text_is_in_no_address()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("text", "niamh@harbourbikes.example", "cust-42"));
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.FindAsync(" Niamh@HarbourBikes.example");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("href=\"/console/guests/cust-42\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("matched by identifier", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 quarantined", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_alone_however_far_back_when_the_agent_goes_on()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        var events = api.Cluster.Directory(ApiHost.Tenant).Events;
        var older = new JournalPlace(new DateOnly(2026, 3, 1), 4096);
        events[("b3f9", "")] = new FoundEvents([], ApiHost.Now.AddHours(-1), older);
        events[("b3f9", older.ToString())] = new FoundEvents(["cust-42"], ApiHost.Now.AddHours(-2), null);
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var first = await agent.FindAsync("b3f9");
        var second = await agent.FindAsync("b3f9", older.ToString());

        Assert.Contains("compared the ids of events back to", first.Text, StringComparison.Ordinal);
        Assert.Contains($"name=\"events_before\" value=\"{older}\"", first.Text, StringComparison.Ordinal);
        Assert.Contains("matched by event id", second.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/guests/cust-42/events/b3f9\"", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_what_it_looked_for_and_which_spelling_finds_something()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("order_reference", "hb-9001", "cust-42"));
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.FindAsync("#HB-9001");
        var masked = await agent.FindAsync("n•••@h•••");

        Assert.Contains("Nothing found", page.Text, StringComparison.Ordinal);
        Assert.Contains("order reference", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"hb-9001\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("masked value", masked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_can_be_gone_back_to_by_whoever_asked_until_they_sign_out()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("text", "niamh@harbourbikes.example", "cust-42"));
        using var agent = await ConsoleClient.SignInAsync(api, "agent");
        await agent.FindAsync("niamh@harbourbikes.example");

        var again = await agent.GetAsync("/console/find");
        using var other = await ConsoleClient.WithAsync(api.Address, agent.Cookies);
        await other.GetAsync("/console/sign-in");
        await other.PostAsync("/console/sign-in", ("persona", "lead"), ("tenant", ApiHost.Tenant));
        var others = await other.GetAsync("/console/find");
        await agent.PostAsync("/console/sign-out");

        Assert.Contains("matched by identifier", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Cookies.GetAllCookies(), static cookie => cookie.Value.Contains("niamh", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.SeeOther, "/console"), (others.Status, others.Location));
        Assert.DoesNotContain(agent.Cookies.GetAllCookies(), static cookie => cookie.Name.Contains("find", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_too_long_for_a_cookie_is_answered_at_once()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.PostAsync("/console/find", ("text", new string('\u20ac', 1_000)));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing found", page.Text, StringComparison.Ordinal);
    }
}
