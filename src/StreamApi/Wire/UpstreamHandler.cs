using System.Diagnostics;
using System.Net;
using GuestSessions.Core.Options;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// The connections to one tenant's endpoint. Turns off everything that could send a request elsewhere, send it twice,
/// or add to it.
/// </summary>
internal static class UpstreamHandler
{
    /// <summary>Whether a change of settings needs connections, or addresses, of its own.</summary>
    public static bool IsConcerned(TenantChange change) => change.Kind != TenantChangeKind.Removed
        && (change.Touches(nameof(TenantOptions.StreamApi)) || change.Touches(nameof(TenantOptions.PointsOfSale)));

    public static SocketsHttpHandler Create(TenantOptions tenant, DeliveryOptions delivery) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy from the environment would connect to an address that nobody checked.
        UseProxy = false,
        ConnectCallback = new UpstreamConnector(tenant.StreamApi.AllowPrivate).ConnectAsync,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = delivery.ConnectTimeout,

        // No limit of connections: the delivery gate bounds the requests in flight, and a request that waits for a connection
        // would spend its time-out on that.
        EnableMultipleHttp2Connections = true,

        // A new address of the upstream is used after at most this time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),

        // Pings find a connection that died silently, so that its streams do not all wait for their whole time-out.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = TimeSpan.FromSeconds(5),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        MaxResponseDrainSize = Answer.LongestRead,
        PlaintextStreamFilter = static (context, _) => ValueTask.FromResult(Observed(context)),

        // Trace context describes our infrastructure, so it is not sent.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    private static Stream Observed(SocketsHttpPlaintextStreamFilterContext context)
    {
        Exchange.Opened(context.InitialRequestMessage);
        return context.NegotiatedHttpVersion.Major < 2 ? new ObservedStream(context.PlaintextStream) : context.PlaintextStream;
    }
}
