using System.Collections.Frozen;
using System.Security.Claims;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
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
        : this(tenant, key.Id, key.Scopes, via: null)
    {
    }

    /// <param name="via">See <see cref="Via"/>.</param>
    public Caller(string tenant, string name, IEnumerable<string> scopes, string? via)
        : base(new ClaimsIdentity(
            // The tenant too: a form of the console proves that it is for the same person in the same tenant.
            [new Claim(ClaimsIdentity.DefaultNameClaimType, name), new Claim("tenant", tenant)], "caller"))
    {
        Tenant = tenant;
        Name = name;
        Via = via;
        _scopes = scopes.ToFrozenSet(StringComparer.Ordinal);
    }

    public string Tenant { get; }

    /// <summary>The id of the credential, as the audit names it.</summary>
    public string Name { get; }

    /// <summary>Through what a person acts, for the audit; null for a call of the API.</summary>
    public string? Via { get; }

    /// <summary>An act of this caller.</summary>
    public ActMessage Act(string? reason) => new(Name, reason, Via);

    public bool Has(string scope) => _scopes.Contains(scope);

    /// <summary>The caller of a request to an endpoint that requires a scope.</summary>
    public static Caller Of(HttpContext context) => context.User as Caller
        ?? throw new InvalidOperationException("An endpoint that requires no scope has no caller.");
}
