using System.Collections.Frozen;
using GuestSessions.Api.Authentication;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// The configured tenants by name. It follows changes of the settings, and keeps a removed tenant for the requests that were
/// let in before: its keys are gone, so no others come.
/// </summary>
internal sealed class TenantCatalog
{
    private readonly SessionsOptions _options;
    private readonly ExtTypeAgreement _extTypes;
    private volatile FrozenDictionary<string, Tenant> _tenants = FrozenDictionary<string, Tenant>.Empty;

    public TenantCatalog(IOptions<SessionsOptions> options, ExtTypeAgreement extTypes)
    {
        _options = options.Value;
        _extTypes = extTypes;
        Read();
        _options.TenantsChanged += _ => Read();
    }

    /// <summary>A configured tenant.</summary>
    public Tenant this[string name] => _tenants[name];

    /// <summary>The tenant of the request's credential.</summary>
    public Tenant Of(HttpContext context) => Of(Caller.Of(context));

    /// <summary>The caller's tenant.</summary>
    public Tenant Of(Caller caller) => _tenants[caller.Tenant];

    private void Read() => _tenants = _tenants.Where(known => !_options.Tenants.ContainsKey(known.Key))
        .Concat(_options.Tenants.Select(tenant => KeyValuePair.Create(
            tenant.Key, new Tenant(tenant.Key, tenant.Value, _options.Ingest, _extTypes.For(tenant.Key)))))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
