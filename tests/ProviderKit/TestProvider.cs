using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GuestSessions.ProviderKit;

/// <summary>
/// A real OpenID Connect provider (OpenIddict) on a loopback port, with one client. It signs in at once whoever
/// <see cref="Person"/> is, and can be told to answer wrongly.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "sessions-console";
    public const string ClientSecret = "a-secret-of-the-tests";
    public const string Audience = "sessions-api";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();

    private TestProvider(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            _requests.Enqueue(context.Request.Path.Value ?? "");
            try
            {
                await next(context);
            }
            catch (Exception fault)
            {
                // A fault of this kit is no answer of a provider: the test that failed has to show it.
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await context.Response.WriteAsync($"{fault}");
            }
        });
        _app.UseRouting();
        _app.UseAuthentication();
    }

    /// <summary>What the provider says of whoever signs in.</summary>
    public Dictionary<string, object> Person { get; } = new() { ["preferred_username"] = "kim@harbour.example" };

    /// <summary>The person cancels.</summary>
    public bool Denies { get; set; }

    /// <summary>Makes another id token of the right one; null for the right one.</summary>
    public Func<JsonWebToken, string>? Spoil { get; set; }

    /// <summary>Paths that were asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public string Issuer { get; private set; } = "";

    private OpenIddictServerOptions Options => _app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;

    public SigningCredentials Key => Options.SigningCredentials[0];

    public static async Task<TestProvider> StartAsync(int port = 0)
    {
        var provider = new TestProvider(port);
        await provider._app.StartAsync();
        provider.Issuer = $"{provider._app.Urls.Single()}/";
        // Its first answers take long on a machine that many share, and a host does not wait that long for a provider.
        using var http = new HttpClient { BaseAddress = new Uri(provider.Issuer), Timeout = TimeSpan.FromMinutes(2) };
        await http.GetStringAsync(new Uri(".well-known/openid-configuration", UriKind.Relative));
        await http.GetStringAsync(new Uri(".well-known/jwks", UriKind.Relative));
        return provider;
    }

    /// <summary>Signs with another key from now on; the old one is no longer in its document.</summary>
    public void RotateKeys()
    {
        Options.SigningCredentials.Clear();
        Options.SigningCredentials.Add(NewKey());
    }

    /// <summary>A key that the provider never had.</summary>
    public static SigningCredentials NewKey() => new(
        new RsaSecurityKey(RSA.Create(2048)) { KeyId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)) },
        SecurityAlgorithms.RsaSha256);

    /// <summary>A token for the API, as the provider signs it.</summary>
    public string Token(
        DateTimeOffset now, IReadOnlyDictionary<string, object>? claims = null, string? issuer = null, string audience = Audience,
        TimeSpan? lifetime = null, SigningCredentials? key = null)
    {
        var all = new Dictionary<string, object>(Person) { ["sub"] = "person-1" };
        foreach (var (name, value) in claims ?? new Dictionary<string, object>())
            all[name] = value;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Claims = all,
            Expires = expires.UtcDateTime,
            IssuedAt = (expires - TimeSpan.FromHours(1)).UtcDateTime,
            SigningCredentials = key ?? Key,
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Configure(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode()
            .SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetEndSessionEndpointUris("connect/end-session")
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .RegisterScopes(Scopes.Profile)
            .AddEphemeralEncryptionKey()
            .AddSigningCredentials(NewKey())
            .DisableAccessTokenEncryption()
            .UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/console/sign-in/callback", StringComparison.Ordinal) != true)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateEndSessionRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            if (context.ClientId != ClientId || context.PostLogoutRedirectUri?.EndsWith("/console/signed-out", StringComparison.Ordinal) != true)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (Denies)
                context.Reject(Errors.AccessDenied, "kim@harbour.example does not want to");
            else
                context.SignIn(Signed(context.Request.GetScopes()));
            return default;
        }));
        server.AddEventHandler<HandleEndSessionRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            context.SignOut();
            return default;
        }));
        server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue + 1).UseInlineHandler(context =>
        {
            if (Spoil is { } spoil && context.Response.IdToken is { } token)
                context.Response.IdToken = spoil(new JsonWebToken(token));
            return default;
        }));
    }

    private ClaimsPrincipal Signed(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("provider");
        identity.SetClaim(Claims.Subject, "person-1");
        foreach (var (name, value) in Person)
        {
            if (value is string text)
                identity.SetClaim(name, text);
            else if (value is string[] texts)
                identity.SetClaims(name, [.. texts]);
            else
                identity.SetClaim(name, JsonSerializer.SerializeToElement(value));
        }

        identity.SetScopes(scopes);
        identity.SetResources(Audience);
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
