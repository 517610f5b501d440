using System.Security.Claims;

namespace GuestSessions.Api.Authentication.People;

/// <summary>
/// Somebody who has signed in: what the provider says, and nothing of what follows from it. So a changed role map is in force
/// with the next request.
/// </summary>
/// <param name="Name">As the audit names the person.</param>
/// <param name="Tenants">Those that the person is restricted to; null where the roles alone decide.</param>
/// <param name="Tenant">The one that the person chose in the console; null for none.</param>
/// <param name="IsFromProvider">False for a persona, whom no provider knows.</param>
internal sealed record Person(
    string Name, IReadOnlyList<string> Roles, IReadOnlyList<string>? Tenants = null, string? Tenant = null, bool IsFromProvider = true)
{
    private const string RoleClaim = "role";
    private const string RestrictedClaim = "only";
    private const string TenantClaim = "tenant";
    private const string ProviderClaim = "provider";

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimsIdentity.DefaultNameClaimType, Name)], scheme);
        identity.AddClaims(Roles.Select(static role => new Claim(RoleClaim, role)));
        // An empty one, where there is none, keeps somebody who is restricted to nothing apart from somebody who is not.
        identity.AddClaims((Tenants?.DefaultIfEmpty("") ?? []).Select(static tenant => new Claim(RestrictedClaim, tenant)));
        if (Tenant is not null)
            identity.AddClaim(new Claim(TenantClaim, Tenant));
        if (IsFromProvider)
            identity.AddClaim(new Claim(ProviderClaim, ""));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null for nobody.</summary>
    public static Person? Of(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.Name is not { Length: > 0 } name)
            return null;
        string[] restricted = [.. principal.FindAll(RestrictedClaim).Select(static claim => claim.Value)];
        return new Person(
            name,
            [.. principal.FindAll(RoleClaim).Select(static claim => claim.Value)],
            restricted.Length == 0 ? null : [.. restricted.Where(static tenant => tenant.Length > 0)],
            principal.FindFirstValue(TenantClaim),
            principal.HasClaim(ProviderClaim, ""));
    }
}
