using System.Collections.Frozen;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>Every API key of every tenant, by the hash of its secret. It follows changes of the settings.</summary>
public sealed class ApiKeyRing
{
    private volatile FrozenDictionary<SecretHash, FrozenDictionary<string, Caller>> _keys;

    public ApiKeyRing(IOptions<SessionsOptions> options, IHostEnvironment environment)
    {
        _keys = Read(options.Value, environment);
        options.Value.TenantsChanged += _ => _keys = Read(options.Value, environment);
    }

    /// <summary>
    /// Finds what a secret grants: a caller for each tenant it belongs to; empty for an unknown secret.
    /// </summary>
    public FrozenDictionary<string, Caller> Find(ReadOnlySpan<char> secret)
        => secret.Length <= SecretHash.LongestSecret && _keys.TryGetValue(SecretHash.Of(secret), out var grants)
            ? grants
            : FrozenDictionary<string, Caller>.Empty;

    /// <summary>The id of a tenant's key as it is configured, whatever its capitals; what was given where there is none.</summary>
    public string IdOf(string tenant, string id)
    {
        var clean = CleanText.Of(id);
        string[] ids = [.. _keys.Values.Select(grants => grants.GetValueOrDefault(tenant)?.Name).OfType<string>()];
        return ids.Contains(clean)
            ? clean
            : ids.FirstOrDefault(known => known.Equals(clean, StringComparison.OrdinalIgnoreCase)) ?? clean;
    }

    private static FrozenDictionary<SecretHash, FrozenDictionary<string, Caller>> Read(
        SessionsOptions options, IHostEnvironment environment) => (
        from tenant in options.Tenants
        from key in KeysOf(tenant.Value, environment)
        group (Tenant: tenant.Key, Key: key) by SecretHash.Parse(key.SecretSha256))
        .ToFrozenDictionary(
            sameSecret => sameSecret.Key,
            sameSecret => sameSecret.ToFrozenDictionary(
                grant => grant.Tenant, grant => new Caller(grant.Tenant, grant.Key)));

    /// <summary>The tenant's own keys; in Development, the demo keys if it has none.</summary>
    internal static IReadOnlyList<ApiKeyOptions> KeysOf(TenantOptions tenant, IHostEnvironment environment)
        => tenant.ApiKeys.Count == 0 && environment.IsDevelopment() ? DemoKeys.All : tenant.ApiKeys;
}
