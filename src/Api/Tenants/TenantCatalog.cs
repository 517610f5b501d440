using System.Collections.Frozen;
using GuestSessions.Api.Authentication;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tenants;

/// <summary>The configured tenants by name.</summary>
internal sealed class TenantCatalog(IOptions<SessionsOptions> options, ExtTypeAgreement extTypes)
{
    private readonly FrozenDictionary<string, Tenant> _tenants = options.Value.Tenants.ToFrozenDictionary(
        tenant => tenant.Key,
        tenant => new Tenant(tenant.Key, tenant.Value, options.Value.Ingest, extTypes.For(tenant.Key)));

    /// <summary>A configured tenant.</summary>
    public Tenant this[string name] => _tenants[name];

    /// <summary>The tenant of the request's credential.</summary>
    public Tenant Of(HttpContext context) => Of(Caller.Of(context));

    /// <summary>The caller's tenant.</summary>
    public Tenant Of(Caller caller) => _tenants[caller.Tenant];
}
