using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Tenants by the public client key or the context id, which SDKs know. Neither is a secret, so they give access to
/// the ingress only. They follow changes of the settings.
/// </summary>
internal sealed class IngressTenants
{
    public const string ContextIdQuery = "sitecoreContextId";
    public const string ClientKeyQuery = "client_key";

    private volatile FrozenDictionary<string, IngressTenant> _byClientKey;
    private volatile FrozenDictionary<string, IngressTenant> _byContextId;

    public IngressTenants(IOptions<SessionsOptions> options, TenantCatalog catalog)
    {
        Read(options.Value, catalog);
        options.Value.TenantsChanged += _ => Read(options.Value, catalog); // After the catalog, which listens already.
    }

    /// <summary>Whether the query names a tenant, known or not.</summary>
    public static bool IsNamedIn(IQueryCollection query)
        => query[ContextIdQuery] is [{ Length: > 0 }] || query[ClientKeyQuery] is [{ Length: > 0 }];

    /// <summary>The tenant that a request names: by context id in the edge form, otherwise by client key.</summary>
    /// <param name="query">The query of the request.</param>
    /// <param name="keyInBody">The client key in the body; a key in the query takes precedence.</param>
    public IngressTenant? Find(IQueryCollection query, string? keyInBody = null)
    {
        if (query[ContextIdQuery] is [{ Length: > 0 } contextId])
            return _byContextId.GetValueOrDefault(contextId);
        var key = query[ClientKeyQuery] is [{ Length: > 0 } named] ? named : keyInBody;
        return key is null ? null : _byClientKey.GetValueOrDefault(key);
    }

    [MemberNotNull(nameof(_byClientKey), nameof(_byContextId))]
    private void Read(SessionsOptions options, TenantCatalog catalog)
    {
        var tenants = options.Tenants.Select(tenant => (
            tenant.Value.StreamApi, Tenant: new IngressTenant(catalog[tenant.Key], tenant.Value))).ToList();
        _byClientKey = tenants.Where(tenant => tenant.StreamApi.ClientKey.Length > 0)
            .ToFrozenDictionary(tenant => tenant.StreamApi.ClientKey, tenant => tenant.Tenant, StringComparer.Ordinal);
        _byContextId = tenants.Where(tenant => tenant.StreamApi.ContextId.Length > 0)
            .ToFrozenDictionary(tenant => tenant.StreamApi.ContextId, tenant => tenant.Tenant, StringComparer.Ordinal);
    }
}
