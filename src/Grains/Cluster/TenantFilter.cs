using System.Reflection;
using System.Text;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Cluster;

/// <summary>
/// Every call is looked at again in the silo that runs it. A client of a gateway can call our contracts, and of all other
/// assemblies only what it needs to find its way; everything else is refused. Every grain of ours is a tenant's, save the
/// keyring and health: who calls it has to say for which tenant, and that has to be the tenant in the grain's key.
/// Observers are not for clients. What a client says it could forge, having a certificate of the cluster: this stops
/// mistakes of our own and raises the price of others', and it is not the only fence.
/// </summary>
internal sealed partial class TenantFilter(ILogger<TenantFilter> logger) : IIncomingGrainCallFilter
{
    /// <summary>What is not in it is not for callers outside the silos.</summary>
    private static readonly string Contracts = typeof(IKeyringGrain).Namespace!;

    /// <summary>Whose types and grains there are: what a client of a gateway asks its silo, and keeps asking.</summary>
    private const string Manifest = "Orleans.Runtime.IClusterManifestSystemTarget";

    private static readonly Assembly Ours = typeof(TenantFilter).Assembly;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var fromOutside = IsFromOutside(context.SourceId);
        if (fromOutside && !IsForClients(context))
            Refuse(context.MethodName, "Only silos call it.");
        if (context.Grain.GetType().Assembly == Ours && context.Grain is not (KeyringGrain or HealthGrain))
            CheckTenant(context, fromOutside);
        return context.Invoke();
    }

    private static bool IsForClients(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType is { } contract
            && (context.Grain.GetType().Assembly == Ours ? contract.Namespace == Contracts : contract.FullName == Manifest);

    private void CheckTenant(IIncomingGrainCallContext context, bool fromOutside)
    {
        // An observer is a silo's, not a tenant's: its key names none, whoever's call made the silo be told.
        if (context.TargetId.IsClient())
            return;
        var tenant = RequestContext.Get(CallerTenant.Name) as string;
        if (tenant is null && !fromOutside)
            return; // Delivery, recovery and the like call for the guest itself.
        if (!IsOf(tenant, context.TargetId.Key.AsSpan()))
            Refuse(context.MethodName, "The call is made for another tenant than the grain's.");
    }

    /// <summary>Whether a caller is a client of a gateway: not a grain, and not the silo's own client.</summary>
    internal static bool IsFromOutside(GrainId? source) =>
        source is { } id && id.IsClient() && !id.Key.AsSpan().StartsWith("hosted-"u8);

    /// <summary>Keys read <c>tenant/…</c>, or <c>tenant</c>; a tenant's name has no slash.</summary>
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

    [LoggerMessage(7101, LogLevel.Error, "A call of {Method} was refused: {Reason}")]
    private partial void LogRefused(string method, string reason);
}
