using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.ProviderKit;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>People at the API, with tokens of a real provider.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private TestProvider _provider = null!;
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _api = await SignInHost.StartAsync(_provider);
        _api.Guest("cust-42").View = Views.Guest();
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_person_reads_and_acts_as_the_roles_allow_and_the_audit_names_the_person()
    {
        var token = Token("shop:agents");

        var read = await _api.GetAsync("/v1/guests/cust-42", token);
        var act = await _api.PostAsync("/v1/guests/cust-42/pause", """{"reason":"r"}""", secret: token);
        var admin = await _api.GetAsync("/v1/audit", token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (read.Status, act.Status));
        admin.MustRefuse(HttpStatusCode.Forbidden, "missing_scope");
        Assert.Equal(("kim@harbour.example", null), (_api.Guest("cust-42").Acted!.By, _api.Guest("cust-42").Acted!.Via));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("key")]
    [InlineData("none")]
    [InlineData("changed")]
    [InlineData("shared secret")]
    [InlineData("id token")]
    [InlineData("no name")]
    [InlineData("no token")]
    public async Task A_token_that_is_not_valid_opens_nothing(string what)
    {
        var answer = await _api.GetAsync("/v1/guests/cust-42", Wrong(what));

        answer.MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Message.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData(null, "tenant_required", HttpStatusCode.BadRequest)]
    [InlineData("nowhere", "tenant_required", HttpStatusCode.BadRequest)]
    [InlineData("demo", null, HttpStatusCode.OK)]
    [InlineData("other", "guest_not_found", HttpStatusCode.NotFound)]
    public async Task Somebody_of_two_tenants_names_one(string? tenant, string? code, HttpStatusCode status)
    {
        using var client = _api.Client(Token("both"), tenant);

        var answer = await Answer.ReadAsync(await client.GetAsync(new Uri("/v1/guests/cust-42", UriKind.Relative)));

        Assert.Equal(status, answer.Status);
        if (code is not null)
            Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task Where_a_claim_names_the_tenant_no_header_is_needed_and_none_leads_beyond_it()
    {
        await using var api = await SignInHost.StartAsync(_provider, new() { ["Sessions:SignIn:TenantClaim"] = "app.shop" });
        api.Guest("cust-42").View = Views.Guest();
        var token = _provider.Token(Now, new Dictionary<string, object>
        {
            ["roles"] = "both",
            ["app"] = new Dictionary<string, object> { ["shop"] = "demo" },
        });
        using var beyond = api.Client(token, "other");

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v1/guests/cust-42", token)).Status);
        (await Answer.ReadAsync(await beyond.GetAsync(new Uri("/v1/guests/cust-42", UriKind.Relative))))
            .MustRefuse(HttpStatusCode.BadRequest, "tenant_required");
        (await api.GetAsync("/v1/guests/cust-42", Token("both"))).MustRefuse(HttpStatusCode.Forbidden, "missing_scope");
    }

    [Fact]
    public async Task Somebody_without_a_role_may_do_nothing() =>
        (await _api.GetAsync("/v1/guests/cust-42", Token("somebody-elses"))).MustRefuse(HttpStatusCode.Forbidden, "missing_scope");

    [Fact]
    public async Task A_role_can_have_the_scope_ingest()
    {
        using var client = _api.Client(Token("backend"), "demo");
        using var body = new StringContent(Samples.Envelope("b3f1"), Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync(new Uri(Samples.Path, UriKind.Relative), body)).StatusCode);
    }

    [Fact]
    public async Task A_token_opens_no_page_of_the_console_and_its_cookie_no_call()
    {
        _provider.Person["roles"] = new[] { "shop:agents" };
        using var client = _api.Client(Token("shop:agents"));
        using var page = await client.GetAsync(new Uri("/console", UriKind.Relative));
        using var browser = new Browser();
        await browser.SignInAsync(_api.Address);
        var call = await browser.GoAsync(new Uri(_api.Address, "/v1/guests/cust-42"));

        Assert.Equal("/console/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, call.Status);
    }

    [Fact]
    public async Task However_many_tokens_with_unknown_keys_strangers_send_the_provider_is_hardly_asked()
    {
        var before = Asked;
        var stranger = _provider.Token(Now, key: TestProvider.NewKey());

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _api.GetAsync("/v1/guests/cust-42", stranger)));

        Assert.InRange(Asked - before, 0, 4); // Two readings of two documents each, at most.
    }

    [Fact]
    public async Task Without_a_valid_token_no_body_is_waited_for()
    {
        var stranger = _provider.Token(Now, key: TestProvider.NewKey());
        using var client = _api.Client(stranger);
        using var body = new StreamContent(new NeverEnding());
        body.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Samples.Path) { Content = body };
        request.Headers.ExpectContinue = true;

        var answer = await Answer.ReadAsync(await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));

        answer.MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task While_the_provider_has_never_answered_a_token_gets_503_and_keys_work()
    {
        var settings = SignInHost.Settings(_provider);
        settings["Sessions:SignIn:Authority"] = "http://127.0.0.1:9"; // The discard port: nobody listens.
        await using var api = await SignInHost.StartAsync(settings);

        var answer = await api.GetAsync("/v1/guests/cust-42", Token("shop:agents"));

        answer.MustRefuse(HttpStatusCode.ServiceUnavailable, "sign_in_unavailable");
        Assert.NotNull(answer.RetryAfter);
        using var key = api.Client(tenant: ApiHost.Tenant);
        using var call = await key.GetAsync(new Uri("/v1/guests/cust-42", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, call.StatusCode);
    }

    [Fact]
    public async Task Without_an_audience_the_API_accepts_keys_only()
    {
        var settings = SignInHost.Settings(_provider);
        settings.Remove("Sessions:SignIn:Audiences:0");
        await using var api = await SignInHost.StartAsync(settings);

        var answer = await api.GetAsync("/v1/guests/cust-42", Token("shop:agents"));

        answer.MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.ToString());
    }

    private int Asked => _provider.Requests.Count(static path => path.Contains("well-known", StringComparison.Ordinal));

    private string Token(string role) => _provider.Token(Now, new Dictionary<string, object> { ["roles"] = new[] { role } });

    private string Wrong(string what)
    {
        var claims = new Dictionary<string, object> { ["roles"] = new[] { "shop:agents" } };
        switch (what)
        {
            case "id token":
                claims["nonce"] = "n";
                break;
            case "no name":
                claims["preferred_username"] = "";
                break;
            case "no token":
                return "not.a.token";
        }

        var token = _provider.Token(
            Now, claims,
            issuer: what == "issuer" ? "https://elsewhere.example/" : null,
            audience: what == "audience" ? "another-api" : TestProvider.Audience,
            lifetime: what switch { "expired" => TimeSpan.FromMinutes(-2), _ => null },
            key: what switch
            {
                "key" => TestProvider.NewKey(),
                "shared secret" => new SigningCredentials(
                    new SymmetricSecurityKey(new byte[64]) { KeyId = _provider.Key.Key.KeyId }, SecurityAlgorithms.HmacSha256),
                _ => null,
            });
        var parts = token.Split('.');
        return what switch
        {
            "none" => $"{Base64UrlEncoder.Encode("{\"alg\":\"none\"}")}.{parts[1]}.{parts[2]}",
            "changed" => $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("shop:agents", "both"))}.{parts[2]}",
            "not yet" => _provider.Token(Now + TimeSpan.FromHours(1), claims: claims.Append(
                new("nbf", (Now + TimeSpan.FromMinutes(30)).ToUnixTimeSeconds())).ToDictionary()),
            _ => token,
        };
    }

    /// <summary>A body of which nothing ever comes.</summary>
    private sealed class NeverEnding : MemoryStream
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
