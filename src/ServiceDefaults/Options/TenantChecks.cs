using System.Buffers;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks what no single option can check by itself: names, and values that must differ between tenants.</summary>
internal static class TenantChecks
{
    private const string Tenants = $"{SessionsOptions.Section}:Tenants";
    private const int LongestName = 64;

    private static readonly SearchValues<char> NameAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>What a credential may do.</summary>
    public static readonly HashSet<string> Scopes =
        ["ingest", "support:read", "support:reveal", "support:act", "admin"];

    public static void Check(SessionsOptions options, List<string> failures)
    {
        if (options.Tenants.Count == 0)
            failures.Add($"{Tenants}: configure at least one tenant.");

        foreach (var (name, tenant) in options.Tenants)
        {
            var path = $"{Tenants}:{name}";
            if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(NameAlphabet))
                failures.Add($"{path}: a tenant's name is 1 to {LongestName} of A-Z a-z 0-9 _ -.");
            UpstreamChecks.Check(tenant.StreamApi, $"{path}:StreamApi", failures);
            CheckForm(tenant.StreamApi, path, failures);
            PointOfSaleChecks.Check(tenant, path, failures);
            CheckScopes(tenant, path, failures);
            for (var at = 0; at < tenant.Rules.IdentityRules.Count; at++)
            {
                if (string.IsNullOrWhiteSpace(tenant.Rules.IdentityRules[at]))
                    failures.Add($"{path}:Rules:IdentityRules:{at}: expected the name of an identifier provider.");
            }
        }

        Unique(options, "StreamApi:ClientKey", failures,
            tenant => [("StreamApi:ClientKey", tenant.StreamApi.ClientKey)]);
        Unique(options, "StreamApi:ContextId", failures,
            tenant => [("StreamApi:ContextId", tenant.StreamApi.ContextId)]);
        Unique(options, "ApiKeys:{n}:Id", failures,
            tenant => tenant.ApiKeys.Select((key, at) => ($"ApiKeys:{at}:Id", key.Id)));
        CheckSecrets(options, failures);
    }

    private static void CheckForm(StreamApiOptions upstream, string path, List<string> failures)
    {
        if (upstream.Form == StreamApiForm.Direct && upstream.ClientKey.Length == 0)
            failures.Add($"{path}:StreamApi:ClientKey: the direct form needs the tenant's client key.");
        if (upstream.Form == StreamApiForm.Edge && upstream.ContextId.Length == 0)
            failures.Add($"{path}:StreamApi:ContextId: the edge form needs the tenant's context id.");
    }

    /// <summary>One secret may give access to several tenants, but must be unique within each.</summary>
    private static void CheckSecrets(SessionsOptions options, List<string> failures)
    {
        foreach (var (name, tenant) in options.Tenants)
        {
            var repeated = tenant.ApiKeys.CountBy(key => key.SecretSha256, StringComparer.OrdinalIgnoreCase);
            if (repeated.Any(secret => secret.Key.Length > 0 && secret.Value > 1))
                failures.Add($"{Tenants}:{name}:ApiKeys: two keys have the same SecretSha256.");
        }
    }

    private static void CheckScopes(TenantOptions tenant, string path, List<string> failures)
    {
        for (var at = 0; at < tenant.ApiKeys.Count; at++)
        {
            foreach (var unknown in tenant.ApiKeys[at].Scopes.Except(Scopes))
                failures.Add($"{path}:ApiKeys:{at}:Scopes: unknown scope \"{unknown}\"; "
                    + $"expected any of {string.Join(", ", Scopes.Order())}.");
        }
    }

    private static void Unique(
        SessionsOptions options, string what, List<string> failures,
        Func<TenantOptions, IEnumerable<(string Key, string Value)>> values)
    {
        var repeated =
            from tenant in options.Tenants
            from entry in values(tenant.Value)
            where entry.Value.Length > 0
            group $"{Tenants}:{tenant.Key}:{entry.Key}" by entry.Value into same
            where same.Count() > 1
            select same;
        foreach (var same in repeated)
            failures.Add($"{string.Join(" and ", same)}: {what} must be unique across all tenants.");
    }
}
