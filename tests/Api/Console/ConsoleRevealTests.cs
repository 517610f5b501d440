using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Reveal;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Tests.Console;

/// <summary>A revealed value in the console: in one page, for five minutes.</summary>
public sealed class ConsoleRevealTests
{
    private const string Email = "niamh@harbourbikes.example";

    [Fact]
    public async Task A_lead_sees_one_value_on_a_page_that_nothing_stores_and_that_leaves_by_itself()
    {
        await using var api = await RevealTests.StartAsync();
        using var lead = await ConsoleClient.SignInAsync(api, "lead");
        var masked = await lead.GetAsync("/console/guests/cust-42/events/b3f3");

        var page = await lead.PostAsync(
            "/console/guests/cust-42/reveal", ("event_id", "b3f3"), ("field", "/received/email\tn•••@h•••"), ("reason", "asked"));
        var changed = await lead.PostAsync(
            "/console/guests/cust-42/reveal", ("event_id", "b3f3"), ("field", "/received/email\tk•••@h•••"), ("reason", "asked"));

        Assert.DoesNotContain(Email, masked.Text, StringComparison.Ordinal);
        Assert.Contains("received/email", masked.Text, StringComparison.Ordinal);
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        Assert.Contains(Email, page.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("300; url=/console/guests/cust-42/events/b3f3", page.Headers["Refresh"]);
        Assert.Equal(HttpStatusCode.Conflict, changed.Status);
        Assert.DoesNotContain(Email, changed.Text, StringComparison.Ordinal);
        Assert.Equal(
            new RevealRequest(
                ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42").ToString(), "b3f3", "/received/email",
                new ActMessage("lead", "asked", "console")),
            Assert.Single(api.Cluster.Reveals(ApiHost.Tenant).Audited));
    }

    [Fact]
    public async Task Only_who_may_reveal_has_the_form_and_others_read_whom_to_ask()
    {
        await using var api = await RevealTests.StartAsync();
        using var lead = await ConsoleClient.SignInAsync(api, "lead");
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        foreach (var path in (string[])["/console/guests/cust-42", "/console/guests/cust-42/events/b3f3"])
        {
            Assert.Contains("/reveal\"", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
            var page = (await agent.GetAsync(path)).Text;
            Assert.DoesNotContain("/reveal\"", page, StringComparison.Ordinal);
            Assert.Contains("Reveal a value needs <code>support:reveal</code>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Beyond_the_quota_the_page_says_so()
    {
        await using var api = await RevealTests.StartAsync();
        api.Cluster.Reveals(ApiHost.Tenant).Refusal = new RevealRefusal(30, TimeSpan.FromMinutes(3));
        using var lead = await ConsoleClient.SignInAsync(api, "lead");
        await lead.GetAsync("/console/guests/cust-42");

        var page = await lead.PostAsync(
            "/console/guests/cust-42/reveal", ("field", "/identifiers/0/id"), ("reason", "asked"));

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("You have revealed enough for now", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Email, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revealed_value_is_in_no_log_and_no_address()
    {
        using var log = new RecordingLog();
        await using (var api = await ApiHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:Recording:LogLevel:Default"] = "Trace",
            },
            configure: builder => builder.Logging.AddProvider(log)))
        {
            api.Guest("cust-42").View = Guests.Views.Guest();
            using var lead = await ConsoleClient.SignInAsync(api, "lead");
            var page = await lead.PostAsync(
                "/console/guests/cust-42/reveal", ("field", "/identifiers/0/id"), ("reason", "asked"));
            Assert.Contains(Email, page.Text, StringComparison.Ordinal);
            await api.PostAsync("/v1/guests/cust-42/reveal", """{"field":"/identifiers/0/id","reason":"r"}""");
            api.Cluster.Reveals(ApiHost.Tenant).Then = static () => throw new InvalidOperationException("broken");
            await api.PostAsync("/v1/guests/cust-42/reveal", """{"field":"/identifiers/0/id","reason":"r"}""");
            Assert.DoesNotContain("niamh", page.Headers.GetValueOrDefault("Refresh", ""), StringComparison.Ordinal);
        }

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, static line => line.Contains("niamh", StringComparison.Ordinal));
    }
}
