using System.Collections.Frozen;
using System.Security.Claims;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// What the service knows of a caller, for any kind of credential: a tenant, scopes, and a name for the audit. Created once
/// for each key, so that a request costs no more than finding it.
/// </summary>
public sealed class Caller : ClaimsPrincipal
{
    private readonly FrozenSet<string> _scopes;

    public Caller(string tenant, ApiKeyOptions key)
        : base(new ClaimsIdentity([new Claim(ClaimsIdentity.DefaultNameClaimType, key.Id)], "ApiKey"))
    {
        Tenant = tenant;
        Name = key.Id;
        _scopes = key.Scopes.ToFrozenSet(StringComparer.Ordinal);
    }

    public string Tenant { get; }

    /// <summary>The id of the credential, as the audit names it.</summary>
    public string Name { get; }

    public bool Has(string scope) => _scopes.Contains(scope);

    /// <summary>The caller of a request to an endpoint that requires a scope.</summary>
    public static Caller Of(HttpContext context) => context.User as Caller
        ?? throw new InvalidOperationException("An endpoint that requires no scope has no caller.");
}
