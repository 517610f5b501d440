using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ProviderKit;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>People sign in to the console at a real provider.</summary>
public sealed class ConsoleSignInTests : IAsyncLifetime
{
    private TestProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.Person["roles"] = new[] { "shop:agents" };
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_at_the_provider_with_a_code_and_PKCE_and_comes_back_to_the_page_that_was_asked_for()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();

        var page = await browser.SignInAsync(api.Address, "/console/health");

        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        Assert.Equal("/console/health", page.Address.AbsolutePath);
        Assert.Contains("<b>kim@harbour.example</b> in <b>demo</b>", page.Text, StringComparison.Ordinal);
        var asked = Assert.Single(browser.Way, static address => address.AbsolutePath == "/connect/authorize").Query;
        Assert.Contains("code_challenge_method=S256", asked, StringComparison.Ordinal);
        Assert.Contains("response_type=code", asked, StringComparison.Ordinal);
        Assert.Contains("scope=openid%20profile", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_does_is_in_the_audit_by_name_and_through_the_console()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        var guest = api.Guest("cust-42");
        using var browser = new Browser();
        await browser.SignInAsync(api.Address);

        await browser.SendAsync("/console/guests/cust-42/pause", ("reason", "a customer called"));

        Assert.Equal(("kim@harbour.example", "console"), (guest.Acted!.By, guest.Acted.Via));
    }

    [Fact]
    public async Task A_role_opens_what_the_map_gives_it_in_its_tenant_and_nothing_else()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        await browser.SignInAsync(api.Address);

        Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync(new Uri(api.Address, "/console"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GoAsync(new Uri(api.Address, "/console/audit"))).Status);
        Assert.DoesNotContain("Change tenant", (await browser.GoAsync(new Uri(api.Address, "/console"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_role_map_is_in_force_with_the_next_request()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        await browser.SignInAsync(api.Address);
        var options = api.App.Services.GetRequiredService<IOptions<ServiceOptions>>().Value;

        options.SignIn.Roles = [new() { Name = "shop:agents", Tenants = { ["demo"] = ["support:read", "admin"] } }];
        options.Replace(options.Tenants, []);
        var more = await browser.GoAsync(new Uri(api.Address, "/console/audit"));
        options.SignIn.Roles = [];
        options.Replace(options.Tenants, []);
        var nothing = await browser.GoAsync(new Uri(api.Address, "/console"));

        Assert.Equal(HttpStatusCode.OK, more.Status);
        Assert.Equal(HttpStatusCode.Forbidden, nothing.Status);
        Assert.Contains("You have no role here", nothing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_role_reads_whom_to_ask_and_can_sign_out()
    {
        _provider.Person["roles"] = new[] { "somebody-elses" };
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();

        var page = await browser.SignInAsync(api.Address);
        var signedOut = await browser.SendAsync("/console/sign-out");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Ask for a role: the desk at extension 4711.", page.Text, StringComparison.Ordinal);
        Assert.Contains("You are signed out.", signedOut.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_both_sessions_and_the_provider_sends_the_person_back()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        await browser.SignInAsync(api.Address);

        var page = await browser.SendAsync("/console/sign-out");
        var again = await browser.GoAsync(new Uri(api.Address, "/console"));

        Assert.Contains(_provider.Requests, static path => path == "/connect/end-session");
        Assert.Equal("/console/sign-in", page.Address.AbsolutePath);
        Assert.Contains("You are signed out.", page.Text, StringComparison.Ordinal);
        Assert.Equal("/console/sign-in", again.Address.AbsolutePath);
    }

    [Fact]
    public async Task Somebody_of_two_tenants_chooses_one_and_changes_it_and_a_form_of_the_other_does_nothing()
    {
        _provider.Person["roles"] = new[] { "both" };
        await using var api = await SignInHost.StartAsync(_provider);
        var guest = api.Guest("cust-42");
        using var browser = new Browser();

        var choice = await browser.SignInAsync(api.Address, "/console/health");
        var demo = await browser.SendAsync("/console/tenant", ("tenant", "demo"), ("to", "/console/health"));
        await browser.GoAsync(new Uri(api.Address, "/console/tenant"));
        await browser.SendAsync("/console/tenant", ("tenant", "nowhere"));
        var nowhere = browser.Open.Status;
        var other = await browser.SendAsync("/console/tenant", ("tenant", "other"));
        using var old = new Browser();
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            old.Cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        await browser.GoAsync(new Uri(api.Address, "/console/tenant"));
        await browser.SendAsync("/console/tenant", ("tenant", "demo"));
        // The page of the tenant "demo" is open, and in another window the person has changed to "other".
        foreach (Cookie cookie in old.Cookies.GetAllCookies())
            browser.Cookies.SetCookies(api.Address, $"{cookie.Name}={cookie.Value}; path={cookie.Path}");
        var stale = await browser.SendAsync("/console/guests/cust-42/pause", ("reason", "r"));

        Assert.Equal("/console/tenant", choice.Address.AbsolutePath);
        Assert.Contains("in <b>demo</b>", demo.Text, StringComparison.Ordinal);
        Assert.Equal("/console/health", demo.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nowhere);
        Assert.Contains("in <b>other</b>", other.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, stale.Status);
        Assert.Null(guest.Acted);
    }

    [Fact]
    public async Task Where_a_claim_names_the_tenants_the_roles_give_nothing_beyond_it()
    {
        _provider.Person["roles"] = new[] { "both" };
        _provider.Person["shops"] = "other";
        await using var api = await SignInHost.StartAsync(_provider, new() { ["Sessions:SignIn:TenantClaim"] = "shops" });
        using var browser = new Browser();

        var page = await browser.SignInAsync(api.Address);

        Assert.Contains("in <b>other</b>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Change tenant", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_and_a_form_of_one_host_are_good_at_another_of_the_same_store()
    {
        await using var one = await SignInHost.StartAsync(_provider);
        await using var other = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        await browser.SignInAsync(one.Address);

        // Cookies do not tell ports apart, so the browser brings those of one host to the other.
        await browser.SendAsync(new Uri(other.Address, "/console/guests/cust-42/pause"), ("reason", "r"));

        Assert.NotNull(other.Guest("cust-42").Acted);
    }

    [Fact]
    public async Task A_sign_in_that_one_host_began_is_completed_by_another()
    {
        await using var one = await SignInHost.StartAsync(_provider);
        await using var other = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        // Both are behind one public address. Here the first is it, and the way back leads to the other.
        browser.OnRedirect = address => address.AbsolutePath == "/console/sign-in/callback"
            ? new Uri(other.Address, address.PathAndQuery)
            : address;

        var settings = other.App.Services.GetRequiredService<IOptions<ServiceOptions>>().Value.SignIn;
        Assert.Equal("", settings.PublicAddress);
        var page = await browser.SignInAsync(one.Address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("kim@harbour.example", page.Text, StringComparison.Ordinal);
    }
}
