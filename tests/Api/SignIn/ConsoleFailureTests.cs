using System.Net;
using System.Text.RegularExpressions;
using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ProviderKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>What the provider, or somebody in between, does wrong: nobody is signed in, and a page says why.</summary>
public sealed partial class ConsoleFailureTests : IAsyncLifetime
{
    private TestProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.Person["roles"] = new[] { "shop:agents" };
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("nonce", "is not the one to your request")]
    [InlineData("issuer", "is not valid here")]
    [InlineData("audience", "is not valid here")]
    [InlineData("expired", "is not valid here")]
    [InlineData("key", "is not valid here")]
    [InlineData("none", "is not valid here")]
    [InlineData("shared secret", "is not valid here")]
    [InlineData("name", "no usable claim")]
    public async Task A_wrong_id_token_signs_nobody_in(string what, string sentence)
    {
        using var log = new RecordingLog();
        await using var api = await SignInHost.StartAsync(_provider, log: log);
        _provider.Spoil = token => Spoilt(token, what);
        using var browser = new Browser();

        var page = await browser.SignInAsync(api.Address);

        Assert.True(page.Text.Contains(sentence, StringComparison.Ordinal), string.Join('\n', log.Lines));
        MustSay(page, sentence);
        Assert.Equal("/console/sign-in", (await browser.GoAsync(new Uri(api.Address, "/console"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_right_id_token_that_was_made_again_signs_in_so_the_tests_above_test_what_they_say()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        _provider.Spoil = token => Spoilt(token, "nothing");
        using var browser = new Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(api.Address)).Status);
    }

    [Theory]
    [InlineData("?code=c&state=forged")]
    [InlineData("?code=c")]
    [InlineData("")]
    [InlineData("?error=server_error&error_description=kim@harbour.example&state=forged")]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in(string query)
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();

        MustSay(await browser.GoAsync(new Uri(api.Address, $"/console/sign-in/callback{query}")), "begun in another browser");
    }

    [Fact]
    public async Task The_answer_to_somebody_elses_sign_in_signs_nobody_in()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var attacker = new Browser();
        Uri? answer = null;
        attacker.OnRedirect = address =>
        {
            if (address.AbsolutePath != "/console/sign-in/callback")
                return address;
            answer = address;
            return new Uri(api.Address, "/console/assets/console.css");
        };
        await attacker.SignInAsync(api.Address);
        using var victim = new Browser();

        MustSay(await victim.GoAsync(answer!), "begun in another browser");
    }

    [Fact]
    public async Task Somebody_who_cancels_reads_that_nothing_happened()
    {
        _provider.Denies = true;
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();

        var page = await browser.SignInAsync(api.Address);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        MustSay(page, "The provider did not let you in, or you cancelled.");
    }

    [Fact]
    public async Task While_the_provider_is_away_the_host_runs_keys_work_and_the_console_says_so()
    {
        var settings = SignInHost.Settings(_provider);
        await _provider.DisposeAsync();
        await using var api = await SignInHost.StartAsync(settings);
        using var browser = new Browser();

        var page = await browser.GoAsync(new Uri(api.Address, "/console/sign-in"));
        var sent = await browser.SendAsync("/console/sign-in/provider");

        Assert.Contains("Signing in is not possible now", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sent.Status);
        using var key = api.Client(tenant: ApiHost.Tenant);
        using var call = await key.GetAsync(new Uri("/v1/guests/cust-42", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, call.StatusCode);
    }

    [Fact]
    public async Task A_provider_that_goes_away_during_a_sign_in_is_said_to_be_away()
    {
        await using var api = await SignInHost.StartAsync(_provider);
        using var browser = new Browser();
        browser.OnRedirect = address =>
        {
            if (address.AbsolutePath == "/console/sign-in/callback")
                _provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return address;
        };

        var page = await browser.SignInAsync(api.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        MustSay(page, "the provider does not answer");
    }

    [Fact]
    public async Task A_key_that_the_provider_changed_signs_people_in_at_once()
    {
        var time = new ClockAhead();
        await using var api = await SignInHost.StartAsync(_provider, time: time);
        using var first = new Browser();
        Assert.Equal(HttpStatusCode.OK, (await first.SignInAsync(api.Address)).Status);

        _provider.RotateKeys();
        time.Ahead = ProviderDocument.Pause;
        using var second = new Browser();

        var page = await second.SignInAsync(api.Address);
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
    }

    [Fact]
    public async Task No_log_names_the_person_and_each_failure_is_logged_with_the_id_that_its_page_has()
    {
        using var log = new RecordingLog();
        var settings = SignInHost.Settings(_provider);
        settings["Logging:LogLevel:Default"] = "Trace";
        settings["Logging:LogLevel:Microsoft"] = "Trace";
        settings["Logging:Recording:LogLevel:Default"] = "Trace";
        await using (var api = await ApiHost.StartAsync(settings, configure: builder =>
        {
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Logging.AddProvider(log);
        }))
        {
            await SignInHost.KnowsProviderAsync(api);
            using var browser = new Browser();
            await browser.SignInAsync(api.Address);
            await browser.SendAsync("/console/guests/cust-42/pause", ("reason", "r"));
            await browser.SendAsync("/console/sign-out");
            _provider.Spoil = token => Spoilt(token, "audience");
            await browser.SignInAsync(api.Address);
            _provider.Denies = true;
            await browser.SignInAsync(api.Address);
            using var client = api.Client(_provider.Token(DateTimeOffset.UnixEpoch));
            await client.GetAsync(new Uri("/v1/guests/cust-42", UriKind.Relative));

            Assert.Contains(log.Lines, line => line.Contains(Id().Match(browser.Open.Text).Groups[1].Value, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(log.Lines, static line => line.Contains("kim@", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Contains(TestProvider.ClientSecret, StringComparison.Ordinal));
    }

    private string Spoilt(JsonWebToken token, string what)
    {
        var claims = token.Claims.GroupBy(static claim => claim.Type)
            .Where(static claim => claim.Key is not ("iss" or "aud" or "exp" or "iat" or "nbf"))
            .ToDictionary(static claim => claim.Key, static claim => claim.Count() == 1
                ? (object)claim.Single().Value
                : claim.Select(static one => one.Value).ToArray());
        if (what == "nonce")
            claims["nonce"] = "another";
        if (what == "name")
            claims.Remove("preferred_username");
        var expires = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(what == "expired" ? -10 : 10);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = what == "issuer" ? "https://elsewhere.example/" : _provider.Issuer,
            Audience = what == "audience" ? "another-client" : TestProvider.ClientId,
            Claims = claims,
            Expires = expires,
            IssuedAt = expires - TimeSpan.FromHours(1),
            SigningCredentials = what switch
            {
                "none" => null,
                "key" => TestProvider.NewKey(),
                "shared secret" => new SigningCredentials(
                    new SymmetricSecurityKey(new byte[64]) { KeyId = _provider.Key.Key.KeyId }, SecurityAlgorithms.HmacSha256),
                _ => _provider.Key,
            },
        });
    }

    private static void MustSay(Browser.Page page, string sentence)
    {
        Assert.InRange((int)page.Status, 400, 503);
        Assert.Contains("You are not signed in", page.Text, StringComparison.Ordinal);
        Assert.True(page.Text.Contains(sentence, StringComparison.Ordinal), page.Text);
        Assert.DoesNotContain("Exception", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("kim@harbour.example", page.Text, StringComparison.Ordinal);
        Assert.Matches(Id(), page.Text);
    }

    [GeneratedRegex("under <code>([^<]+)</code>")]
    private static partial Regex Id();
}
