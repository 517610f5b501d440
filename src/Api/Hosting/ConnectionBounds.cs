using System.Net;
using GuestSessions.Api.Ingress;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Bounds the cost of connections that carry no request. The ingress' own listener and all others each have a
/// <see cref="ConnectionGate"/>, because the server itself can only bound all connections of a host together.
/// </summary>
internal sealed class ConnectionBounds(ServiceOptions options, VisitorAddresses visitors, TimeProvider time)
{
    private readonly ConnectionGate _toApi = new(options.Api.Arrival, time);
    private readonly ConnectionGate _toIngress = new(options.Ingress.Arrival, time);
    private readonly HashSet<int> _ingressPorts = IngressListener.PortsOf(options.Ingress);

    public void Use(ListenOptions listen) => listen.Use(next => connection => ServeAsync(connection, next));

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint remote)
        {
            await next(connection); // The connection is not from a network.
            return;
        }

        var gate = connection.LocalEndPoint is IPEndPoint local && _ingressPorts.Contains(local.Port) ? _toIngress : _toApi;
        var peer = ForwardedHops.Plain(remote.Address);
        var address = visitors.BoundedSenderOf(peer);
        var network = address is null ? null : VisitorAddresses.NetworkOf(peer);
        if (gate.Enter(address, network, connection.Abort) is not { } slot)
        {
            connection.Abort();
            return;
        }

        try
        {
            connection.Features.Set(slot);
            await next(connection);
        }
        finally
        {
            gate.Leave(slot);
        }
    }
}

/// <summary>Tells a connection that it is in use.</summary>
internal sealed class ConnectionUse(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var slot = context.Features.Get<ConnectionSlot>();
        slot?.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            slot?.End();
        }
    }
}

internal static class ConnectionBoundsServices
{
    /// <summary>How long the head of a request may take, from its first byte on.</summary>
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    /// <summary>An HTTP/2 client that answers no ping for this long is gone.</summary>
    private static readonly TimeSpan PingTime = TimeSpan.FromSeconds(20);

    /// <summary>Maximum bytes received ahead of a request that is not read yet.</summary>
    private const int BytesAhead = 128 * 1024;

    public static void AddConnectionBounds(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionBounds>();
        services.AddOptions<KestrelServerOptions>().Configure<ConnectionBounds, IngressOptions>((kestrel, bounds, ingress) =>
        {
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                bounds.Use(listen);
                PriorKnowledge.Use(listen);
            });
            var limits = kestrel.Limits;
            limits.RequestHeadersTimeout = HeadTime;
            limits.MaxRequestLineSize = ingress.RequestLineBytes;
            limits.MaxRequestBufferSize = Math.Max(BytesAhead, ingress.RequestLineBytes);
            limits.Http2.KeepAlivePingDelay = PingTime;
            limits.Http2.KeepAlivePingTimeout = PingTime;
        });
    }
}
