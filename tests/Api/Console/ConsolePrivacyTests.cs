using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Console;

/// <summary>The page for erasure, export and consent.</summary>
public sealed class ConsolePrivacyTests
{
    [Fact]
    public async Task Whoever_may_not_erase_sees_no_form_and_reads_whom_to_ask()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = await agent.GetAsync("/console/privacy");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("action=\"/console/privacy/", page.Text, StringComparison.Ordinal);
        Assert.Contains("Erase a guest needs <code>admin</code>. You can ask a privacy officer or an admin.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_leads_to_its_operation_and_sending_the_form_twice_begins_one()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var admin = await ConsoleClient.SignInAsync(api, "admin");

        var first = await admin.PostAsync("/console/privacy/erase", ("guest", "cust-42"), ("reason", "ticket"), ("key", "form-1"));
        var second = await admin.PostAsync("/console/privacy/erase", ("guest", "cust-42"), ("reason", "ticket"), ("key", "form-1"));

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.StartsWith("/console/operations/", first.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("cust-42", first.Location, StringComparison.Ordinal);
        Assert.Equal(first.Location, second.Location);
        var operation = api.Cluster.Operation($"demo/{first.Location!.Split('/', '?')[3]}");
        Assert.Equal(["cust-42"], operation.AskedErasure.Guests);
        Assert.Equal("console", operation.AskedErasure.Act.Via);
    }

    [Fact]
    public async Task An_unknown_guest_and_a_missing_reason_are_refused()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var admin = await ConsoleClient.SignInAsync(api, "admin");

        var unknown = await admin.PostAsync("/console/privacy/erase", ("guest", "never-seen"), ("reason", "ticket"));
        var silent = await admin.PostAsync("/console/privacy/erase", ("guest", "cust-42"), ("reason", ""));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity), (unknown.Status, silent.Status));
    }

    [Fact]
    public async Task A_certificate_says_what_was_erased_and_what_remains_where()
    {
        await using var api = await ConsoleAccessTests.StartAsync();
        using var admin = await ConsoleClient.SignInAsync(api, "admin");
        api.Cluster.Operation("demo/op3").View = new OperationView("op3", "erasure", ApiHost.Now, ApiHost.Now, 1, 0, 0)
        {
            Certificate = new ErasureCertificate
            {
                Guests = 1,
                OnTheWayCount = 1,
                OnTheWay = [new EventOnItsWay(17, "VIEW", 2)],
                Storage = new StorageRemains("postgres", IsComplete: false, StorageRemains.Transaction),
                FileUntil = ApiHost.Now.AddDays(1),
            },
        };

        var page = await admin.GetAsync("/console/operations/op3");

        Assert.Contains("VIEW 17, attempt 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("write ahead log", page.Text, StringComparison.Ordinal);
        Assert.Contains("kept dead rows from being removed", page.Text, StringComparison.Ordinal);
        Assert.Contains("action=\"/console/operations/op3/file\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/cancel", page.Text, StringComparison.Ordinal);
    }
}
