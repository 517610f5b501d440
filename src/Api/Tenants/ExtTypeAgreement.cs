using System.Collections.Concurrent;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// Keeps the types of a tenant's <c>ext</c> attributes the same on all hosts of the API. A host uses the types that it saw
/// itself until the tenant's grain answers which types were seen first. It reads stored types and resets in the background.
/// </summary>
internal sealed partial class ExtTypeAgreement(GuestGrains grains, ILogger<ExtTypeAgreement> logger)
{
    private readonly ConcurrentDictionary<string, ExtTypes> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _resets = [];

    /// <summary>The types of a tenant, the same object whenever its settings change.</summary>
    public ExtTypes For(string tenant) => _tenants.GetOrAdd(tenant, Begin);

    private ExtTypes Begin(string tenant)
    {
        ExtTypes types = null!;
        var batcher = new BackgroundBatcher<ExtAttribute>(async seen =>
        {
            foreach (var agreed in await grains.ExtTypes(tenant).AgreeAsync(seen))
                types.Agree(agreed);
        });
        return types = new ExtTypes(batcher.Add);
    }

    /// <summary>Forgets attributes everywhere, on this host at once.</summary>
    public async Task<int> ResetAsync(string tenant, string? eventType, string? name, ActMessage act)
    {
        var forgotten = await grains.ExtTypes(tenant).ResetAsync(eventType, name, act);
        _tenants[tenant].Replace([.. (await grains.ExtTypes(tenant).ReadAsync()).Types.Select(static known => known.Attribute)]);
        return forgotten;
    }

    /// <summary>Applies stored types and resets.</summary>
    public async Task RefreshAsync()
    {
        foreach (var (tenant, types) in _tenants)
        {
            try
            {
                await RefreshAsync(tenant, types);
            }
            catch (Exception fault) when (Faults.IsUnavailable(fault))
            {
                // The next round retries; a warning may be missed until then.
            }
            catch (Exception fault)
            {
                LogFailed(tenant, fault); // The host does not end for this: the next round retries.
            }
        }
    }

    private async Task RefreshAsync(string tenant, ExtTypes types)
    {
        var isFirst = !_resets.TryGetValue(tenant, out var seen);
        if (!isFirst && await grains.ExtTypes(tenant).CountResetsAsync() == seen)
            return;
        var view = await grains.ExtTypes(tenant).ReadAsync();
        if (isFirst)
        {
            // Types that this host learned in the meantime are on their way to the grain.
            foreach (var known in view.Types)
                types.Agree(known.Attribute);
        }
        else
        {
            types.Replace([.. view.Types.Select(static known => known.Attribute)]);
        }

        _resets[tenant] = view.Resets;
    }

    [LoggerMessage(6101, LogLevel.Error, "The types of ext attributes of tenant {Tenant} could not be read.")]
    private partial void LogFailed(string tenant, Exception fault);
}
