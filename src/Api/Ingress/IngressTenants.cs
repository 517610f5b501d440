using System.Collections.Frozen;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Tenants by what SDKs know of them: the public client key, or the context id. Neither is a secret, so what they open is
/// the ingress and nothing else.
/// </summary>
internal sealed class IngressTenants
{
    public const string ContextIdQuery = "sitecoreContextId";
    public const string ClientKeyQuery = "client_key";

    private readonly FrozenDictionary<string, IngressTenant> _byClientKey;
    private readonly FrozenDictionary<string, IngressTenant> _byContextId;

    public IngressTenants(IOptions<SessionsOptions> options, TenantCatalog catalog)
    {
        var tenants = options.Value.Tenants.Select(tenant => (
            tenant.Value.StreamApi, Tenant: new IngressTenant(catalog[tenant.Key], tenant.Value))).ToList();
        _byClientKey = tenants.Where(tenant => tenant.StreamApi.ClientKey.Length > 0)
            .ToFrozenDictionary(tenant => tenant.StreamApi.ClientKey, tenant => tenant.Tenant, StringComparer.Ordinal);
        _byContextId = tenants.Where(tenant => tenant.StreamApi.ContextId.Length > 0)
            .ToFrozenDictionary(tenant => tenant.StreamApi.ContextId, tenant => tenant.Tenant, StringComparer.Ordinal);
    }

    /// <summary>Whether an address names a tenant, known or not.</summary>
    public static bool IsNamedIn(IQueryCollection query)
        => query[ContextIdQuery] is [{ Length: > 0 }] || query[ClientKeyQuery] is [{ Length: > 0 }];

    /// <summary>The tenant an address names: by context id in the edge form, else by client key.</summary>
    /// <param name="query">Of the request.</param>
    /// <param name="keyInBody">The client key that the body names; one in the address goes before it.</param>
    public IngressTenant? Find(IQueryCollection query, string? keyInBody = null)
    {
        if (query[ContextIdQuery] is [{ Length: > 0 } contextId])
            return _byContextId.GetValueOrDefault(contextId);
        var key = query[ClientKeyQuery] is [{ Length: > 0 } named] ? named : keyInBody;
        return key is null ? null : _byClientKey.GetValueOrDefault(key);
    }
}
