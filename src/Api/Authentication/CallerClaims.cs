using System.Security.Claims;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// What the service knows of a caller, for any kind of credential: a tenant, scopes, and a name for the audit.
/// </summary>
internal static class CallerClaims
{
    public const string Tenant = "tenant";
    public const string Scope = "scope";

    public static ClaimsPrincipal Principal(string tenant, ApiKeyOptions key)
    {
        var scopes = key.Scopes.Select(scope => new Claim(Scope, scope));
        var identity = new ClaimsIdentity([new(Tenant, tenant), .. scopes], ApiKeyHandler.SchemeName);
        identity.AddClaim(new Claim(identity.NameClaimType, key.Id));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The id of an authenticated caller's credential, as the audit names it.</summary>
    public static string NameOf(ClaimsPrincipal caller)
        => caller.Identity?.Name
            ?? throw new InvalidOperationException("An endpoint that requires no scope has no caller.");

    /// <summary>The tenant of an authenticated caller.</summary>
    public static string TenantOf(ClaimsPrincipal caller)
        => caller.FindFirst(Tenant)?.Value
            ?? throw new InvalidOperationException("An endpoint that requires no scope has no tenant.");
}
