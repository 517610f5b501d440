using System.Net;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tests.Console;

/// <summary>Every page and act of the console × every persona and nobody. A page that is not listed here fails.</summary>
public sealed partial class ConsoleAccessTests
{
    private static readonly string[] Everybody = ["agent", "lead", "privacy", "admin"];
    private static readonly string[] Actors = ["agent", "lead", "admin"];
    private static readonly string[] Revealers = ["lead", "privacy", "admin"];
    private static readonly string[] Admins = ["privacy", "admin"];

    /// <summary>Who may open a page or do an act; null for what is open without signing in.</summary>
    private static readonly Dictionary<string, string[]?> Expected = new()
    {
        ["GET /console/assets/console.css"] = null,
        ["GET /console/assets/console.js"] = null,
        ["GET /console/sign-in"] = null,
        ["POST /console/sign-in"] = null,
        ["POST /console/sign-in/provider"] = null,
        ["GET /console/sign-in/callback"] = null,
        ["GET /console/signed-out"] = null,
        ["GET /console/tenant"] = Everybody,
        ["POST /console/tenant"] = Everybody,
        ["POST /console/sign-out"] = Everybody,
        ["GET /console/{**rest}"] = Everybody,
        ["GET /console"] = Everybody,
        ["GET /console/find"] = Everybody,
        ["POST /console/find"] = Everybody,
        ["GET /console/guests/{guest}"] = Everybody,
        ["GET /console/guests/{guest}/events/{event}"] = Everybody,
        ["GET /console/guests/{guest}/rows/{event}"] = Everybody,
        ["GET /console/guests/{guest}/live"] = Everybody,
        ["GET /console/aside"] = Everybody,
        ["GET /console/aside/quarantine"] = Everybody,
        ["GET /console/aside/in-doubt"] = Everybody,
        ["GET /console/operations"] = Everybody,
        ["GET /console/operations/{id}"] = Everybody,
        ["GET /console/health"] = Everybody,
        ["GET /console/audit"] = Admins,
        ["GET /console/aside/plan"] = Actors,
        ["POST /console/aside/{act}"] = Actors,
        ["POST /console/guests/{guest}/events/{event}/{act}"] = Actors,
        ["POST /console/guests/{guest}/{act}"] = Actors,
        ["POST /console/guests/{guest}/reveal"] = Revealers,
        ["POST /console/operations/{id}/cancel"] = Actors,
        ["POST /console/delivery/{act}"] = Admins,
        ["GET /console/privacy"] = Everybody,
        ["POST /console/privacy/{act}"] = Admins,
        ["POST /console/guests/{guest}/events/{event}/blank"] = Admins,
        ["POST /console/operations/{id}/file"] = Admins,
        ["POST /console/operations/{id}/done-upstream"] = Admins,
    };

    [Fact]
    public async Task Every_page_is_in_the_matrix()
    {
        await using var api = await ApiHost.StartAsync();

        var mapped = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<ConsoleAccess>() is not null)
            .SelectMany(static endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"));

        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_persona_sees_and_does_what_its_scopes_allow_and_nothing_else()
    {
        await using var api = await StartAsync();

        foreach (var persona in Everybody)
        {
            api.Cluster.Operation("demo/op2").File = [1]; // It can be taken once.
            foreach (var (page, allowed) in Expected)
            {
                using var client = await ConsoleClient.SignInAsync(api, persona);
                var answer = await CallAsync(client, page);

                MustBe(allowed, persona, page, answer);
            }
        }
    }

    [Fact]
    public async Task Nobody_sees_or_does_anything_without_signing_in()
    {
        await using var api = await StartAsync();
        using var nobody = await ConsoleClient.SignInAsync(api, persona: null);

        foreach (var page in Expected.Where(static page => page.Value is not null).Select(static page => page.Key))
        {
            var answer = await CallAsync(nobody, page);

            Assert.Equal(HttpStatusCode.Found, answer.Status);
            Assert.StartsWith("/console/sign-in", answer.Location, StringComparison.Ordinal);
        }

        Assert.Null(api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task A_cookie_opens_no_call_of_the_api_and_a_key_opens_no_page()
    {
        await using var api = await StartAsync();
        using var admin = await ConsoleClient.SignInAsync(api, "admin");

        var call = await admin.GetAsync("/v1/guests/cust-42");
        using var key = api.Client("demo-admin");
        using var page = await key.GetAsync(new Uri("/console/audit", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, call.Status);
        Assert.EndsWith("/console/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_one_of_ours_does_nothing()
    {
        await using var api = await StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var forged = await agent.PostAsync("/console/guests/cust-42/pause", token: "forged", ("reason", "r"));

        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Contains("out of date", forged.Text, StringComparison.Ordinal);
        Assert.Null(api.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task A_cookie_and_a_form_of_one_host_are_good_at_another_of_the_same_store()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        using var agent = await ConsoleClient.SignInAsync(one, "agent");
        using var moved = agent.MovedTo(other.Address);

        var answer = await moved.PostAsync("/console/guests/cust-42/pause", ("reason", "r"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.NotNull(other.Guest("cust-42").Acted);
    }

    [Theory]
    [InlineData("https://elsewhere.example/console")]
    [InlineData("//elsewhere.example")]
    [InlineData("/console\\@elsewhere.example")]
    [InlineData("/consolex")]
    public async Task Signing_in_leads_nowhere_else(string to)
    {
        await using var api = await ApiHost.StartAsync();
        using var client = await ConsoleClient.SignInAsync(api, persona: null);

        var answer = await client.PostAsync(
            "/console/sign-in", ("persona", "agent"), ("tenant", ApiHost.Tenant), ("to", to));

        Assert.Equal("/console", answer.Location);
    }

    [Fact]
    public async Task Outside_Development_nobody_chooses_a_role_and_a_host_that_should_let_them_does_not_start()
    {
        var key = Configurations.Key(ApiHost.Tenant, 0, "ops", "a secret of our own", Scopes.Admin);
        await using (var api = await ApiHost.StartAsync(Configurations.Of([key]), "Production"))
        {
            await using var laptop = await ApiHost.StartAsync();
            using var client = await ConsoleClient.SignInAsync(laptop, persona: null);
            using var moved = client.MovedTo(api.Address, "__Host-"); // Only a page in Development has the form.
            var answer = await moved.PostAsync("/console/sign-in", ("persona", "admin"), ("tenant", ApiHost.Tenant));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains("No way to sign in", answer.Text, StringComparison.Ordinal);
        }

        var failed = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiHost.StartAsync(
            Configurations.Of([key, new() { ["Sessions:Console:Personas"] = "true" }]), "Production"));
        Assert.Contains("Sessions:Console:Personas", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_forbids_what_pages_of_ours_do_not_need()
    {
        await using var api = await StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        foreach (var path in (string[])["/console", "/console/sign-in", "/console/guests/cust-42", "/console/nothing", "/console/audit"])
        {
            var page = await agent.GetAsync(path);

            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
            Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?! type=\"module\" src=\"/console/assets/)", page.Text);
        }
    }

    [Fact]
    public async Task No_log_names_a_guest_or_what_somebody_looked_for()
    {
        const string canary = "canary-guest";
        using var log = new RecordingLog();
        await using (var api = await StartAsync(
            new()
            {
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:Recording:LogLevel:Default"] = "Trace",
            },
            builder => builder.Logging.AddProvider(log)))
        {
            api.Guest(canary).View = Views.Guest() with { Guest = canary };
            api.Guest(canary).Timeline = new TimelinePage([Views.Summary()], null);
            using var agent = await ConsoleClient.SignInAsync(api, "agent");
            await agent.FindAsync(canary);
            await agent.GetAsync($"/console/guests/{canary}?type={canary}");
            await agent.PostAsync($"/console/guests/{canary}/pause", ("reason", canary));
            await agent.PostAsync($"/console/guests/{canary}/pause", token: canary, ("reason", canary));
            api.Cluster.Fault = new InvalidOperationException("broken");
            await agent.GetAsync($"/console/guests/{canary}");
            using var nobody = await ConsoleClient.SignInAsync(api, persona: null);
            await nobody.GetAsync($"/console/guests/{canary}");
        }

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, static line => line.Contains(canary, StringComparison.Ordinal));
    }

    internal static async Task<ApiHost> StartAsync(
        Dictionary<string, string?>? configuration = null, Action<WebApplicationBuilder>? configure = null)
    {
        var api = await ApiHost.StartAsync(configuration, configure: configure);
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest();
        guest.Timeline = new TimelinePage([Views.Summary()], null);
        guest.Event = Views.Detail();
        guest.Flush = new FlushAnswer(0);
        guest.LiveNow = new LivePage(1, []);
        guest.LiveAlways = static after => new LivePage(after, []) { IsFull = true };
        guest.Answer = new ActAnswer(ActStatus.Done, Views.Detail());
        var operation = api.Cluster.Operation("demo/op1");
        operation.View = new OperationView("op1", "bulk_redrive", ApiHost.Now, null, 7, 5, 0);
        var ended = api.Cluster.Operation("demo/op2");
        ended.View = new OperationView("op2", "erasure", ApiHost.Now, ApiHost.Now, 1, 0, 0) { Certificate = ErasureCertificate.Empty };
        ended.File = [1];
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Operations.Add(operation.View);
        lists.Asides.Add(new ListedSetAside(
            ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42"), "cust-42", 3, "b3f3", "IDENTITY", "upstream_refused", ApiHost.Now));
        lists.Audit.Add(new ListedAct(1, "cust-42", new RecordedAct(
            "redriven", new PersonAct("agent", ApiHost.Now, "a customer called", "console"), 3, "b3f3")));
        return api;
    }

    private static Task<ConsoleClient.Page> CallAsync(ConsoleClient client, string page)
    {
        var (method, path) = page.Split(' ') is [var verb, var template] ? (verb, template) : default;
        path = path!.Replace("{guest}", "cust-42").Replace("{event}", "b3f3").Replace("{id}", "op1").Replace("{**rest}", "nothing")
            .Replace("aside/{act}", "aside/redrive").Replace("events/b3f3/{act}", "events/b3f3/discard").Replace("privacy/{act}", "privacy/erase")
            .Replace("op1/file", "op2/file").Replace("op1/done", "op2/done")
            .Replace("{act}", "pause");
        return method == "GET"
            ? client.GetAsync(path)
            : client.PostAsync(path, ("reason", "r"), ("guest", "cust-42"), ("text", "cust-42"), ("field", "/identifiers/0/id"), ("persona", "agent"), ("tenant", ApiHost.Tenant));
    }
}
