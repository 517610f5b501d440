using System.Net;
using System.Text.RegularExpressions;
using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ProviderKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>What a host outside Development sets and where it sends people, seen by a client that speaks plain HTTP behind a proxy.</summary>
public sealed partial class ConsoleCookieTests
{
    private static readonly Dictionary<string, string?> Settings = Configurations.Of(
        Configurations.Key("demo", 0, "app", "mine", "ingest"), new()
        {
            ["Sessions:SignIn:Authority"] = "https://login.example",
            ["Sessions:SignIn:ClientId"] = TestProvider.ClientId,
            ["Sessions:SignIn:PublicAddress"] = "https://sessions.example",
            ["Sessions:SignIn:Roles:0:Name"] = "agents",
            ["Sessions:SignIn:Roles:0:Tenants:*:0"] = "support:read",
        });

    [Fact]
    public async Task Outside_Development_every_cookie_is_this_hosts_own_and_goes_over_TLS_only()
    {
        await using var api = await StartAsync();

        var (cookies, _, policy) = await BeginAsync(api, host: null);

        Assert.Equal(3, cookies.Count); // Of the form, of the state, and of the nonce.
        Assert.All(cookies, static cookie =>
        {
            Assert.StartsWith("__Host-sessions-", cookie, StringComparison.Ordinal);
            Assert.Contains("; path=/;", $"{cookie};", StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i); samesite=(lax|strict)", cookie);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.EndsWith("form-action 'self' https://login.example https://out.login.example", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_is_the_configured_address_whatever_the_request_says()
    {
        await using var api = await StartAsync();

        var (_, location, _) = await BeginAsync(api, host: "elsewhere.example");

        Assert.Contains(
            $"redirect_uri={Uri.EscapeDataString("https://sessions.example/console/sign-in/callback")}&", location.Query, StringComparison.Ordinal);
    }

    private static async Task<ApiHost> StartAsync() => await ApiHost.StartAsync(
        Settings, "Production", static builder => builder.Services.AddSingleton(TimeProvider.System));

    /// <summary>As if the provider had answered: it has no certificate that this machine trusts.</summary>
    private static void Know(ApiHost api) => api.App.Services.GetRequiredService<ProviderDocument>().Use(new OpenIdConnectConfiguration
    {
        Issuer = "https://login.example",
        AuthorizationEndpoint = "https://login.example/authorize",
        EndSessionEndpoint = "https://out.login.example/end",
    });

    private static async Task<(List<string> Cookies, Uri Location, string Policy)> BeginAsync(ApiHost api, string? host)
    {
        Know(api);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        http.BaseAddress = api.Address;
        using var get = new HttpRequestMessage(HttpMethod.Get, "/console/sign-in");
        get.Headers.Host = host;
        using var page = await http.SendAsync(get);
        var form = page.Headers.GetValues("Set-Cookie").ToList();
        using var post = new HttpRequestMessage(HttpMethod.Post, "/console/sign-in/provider")
        {
            Content = new FormUrlEncodedContent(
                [new("__RequestVerificationToken", Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value)]),
        };
        post.Headers.Host = host;
        post.Headers.Add("Cookie", form.Select(static cookie => cookie.Split(';')[0]));
        using var sent = await http.SendAsync(post);
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        return (
            [.. form, .. sent.Headers.GetValues("Set-Cookie")], sent.Headers.Location!,
            page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
