using System.Text.Encodings.Web;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// Authenticates by <c>Authorization: Bearer &lt;secret&gt;</c>. The tenant follows from the key; only a key of several
/// tenants needs the header <c>Tenant</c>. The answer never tells whether a tenant exists.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string TenantHeader = "Tenant";

    private const string Prefix = "Bearer ";

    private bool _tenantRequired;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_tenantRequired)
            return Refusals.TenantRequired().ExecuteAsync(Context);
        Response.Headers.WWWAuthenticate = "Bearer";
        return Refusals.Unauthenticated().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        return Refusals.MissingScope(scope).ExecuteAsync(Context);
    }

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var grants = keys.Find(header.AsSpan(Prefix.Length).Trim());
        if (grants.Count == 0)
            return AuthenticateResult.NoResult();

        var named = Request.Headers[TenantHeader].ToString();
        if (named.Length == 0 && grants.Count == 1)
            return AuthenticateResult.Success(new AuthenticationTicket(grants.Values.First(), SchemeName));
        if (grants.TryGetValue(named, out var caller))
            return AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName));

        _tenantRequired = true;
        return AuthenticateResult.NoResult();
    }
}
