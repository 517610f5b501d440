using System.Reflection;
using System.Text;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Cluster;

/// <summary>
/// Checks every call again on the silo that runs it. A client of a gateway may call our contracts, and in other assemblies
/// only the interface that it needs for routing. All other calls are rejected. Our grains belong to a tenant, except keyring
/// and health: the caller must name a tenant, and it must be the tenant in the grain's key. Clients may not call
/// observers. A client with a certificate of the cluster could forge the tenant. So the filter stops our own mistakes and
/// makes attacks harder, but it is not the only protection.
/// </summary>
internal sealed partial class TenantFilter(ILogger<TenantFilter> logger) : IIncomingGrainCallFilter
{
    /// <summary>The namespace of the contracts. Interfaces outside it are not for callers outside the silos.</summary>
    private static readonly string Contracts = typeof(IKeyringGrain).Namespace!;

    /// <summary>
    /// The interface that lists the cluster's types and grains. A client of a gateway calls it on its silo repeatedly.
    /// </summary>
    private const string Manifest = "Orleans.Runtime.IClusterManifestSystemTarget";

    private static readonly Assembly Ours = typeof(TenantFilter).Assembly;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var fromOutside = IsFromOutside(context.SourceId);
        if (fromOutside && !IsForClients(context))
            Refuse(context.MethodName, "Only silos may call this method.");
        if (context.Grain.GetType().Assembly == Ours && context.Grain is not (KeyringGrain or HealthGrain))
            CheckTenant(context, fromOutside);
        return context.Invoke();
    }

    private static bool IsForClients(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType is { } contract
            && (context.Grain.GetType().Assembly == Ours ? contract.Namespace == Contracts : contract.FullName == Manifest);

    private void CheckTenant(IIncomingGrainCallContext context, bool fromOutside)
    {
        // An observer belongs to a silo, not to a tenant. Its key names no tenant, whichever tenant caused the call.
        if (context.TargetId.IsClient())
            return;
        var tenant = RequestContext.Get(CallerTenant.Name) as string;
        if (tenant is null && !fromOutside)
            return; // Delivery, recovery and similar services call without a caller's tenant.
        if (!IsOf(tenant, context.TargetId.Key.AsSpan()))
            Refuse(context.MethodName, "The call is for a different tenant than the grain's.");
    }

    /// <summary>Whether a caller is a client of a gateway, not a grain and not the silo's own client.</summary>
    internal static bool IsFromOutside(GrainId? source) =>
        source is { } id && id.IsClient() && !id.Key.AsSpan().StartsWith("hosted-"u8);

    /// <summary>Keys have the form <c>tenant/…</c> or <c>tenant</c>. A tenant's name contains no slash.</summary>
    internal static bool IsOf(string? tenant, ReadOnlySpan<byte> key)
    {
        var slash = key.IndexOf((byte)'/');
        return tenant is not null && Ascii.Equals(slash < 0 ? key : key[..slash], tenant);
    }

    private void Refuse(string method, string reason)
    {
        LogRefused(method, reason);
        throw new ForeignTenantException(reason);
    }

    [LoggerMessage(7101, LogLevel.Error, "A call of {Method} was rejected: {Reason}")]
    private partial void LogRefused(string method, string reason);
}
