using GuestSessions.ServiceDefaults.Hosting;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Gives the ingress addresses of its own, if any are configured. Then they serve only the ingress, and no other address
/// serves it, so that only the ingress needs to be open to the internet.
/// </summary>
public static class IngressListener
{
    /// <summary>Listens on the ingress' addresses too.</summary>
    public static void AddIngressListener(this WebApplicationBuilder builder, IngressOptions ingress)
    {
        if (ingress.Enabled && ingress.Urls.Length > 0)
            ListenAddresses.Add(builder.Configuration, ingress.Urls, "ingress");
    }

    /// <summary>Answers a request to the wrong address as if the endpoint did not exist.</summary>
    internal static void UseIngressListener(this IApplicationBuilder app, IngressOptions options)
    {
        if (!options.Enabled || options.Urls.Length == 0)
            return;
        var ports = PortsOf(options);
        app.Use((context, next) =>
        {
            var isIngress = context.GetEndpoint()?.Metadata.GetMetadata<IngressMark>() is not null;
            if (isIngress != ports.Contains(context.Connection.LocalPort))
                context.SetEndpoint(null);
            return next(context);
        });
    }

    /// <summary>The ingress' own ports; none if it shares the API's.</summary>
    internal static HashSet<int> PortsOf(IngressOptions options) => options.Enabled
        ? ListenAddresses.PortsOf(options.Urls)
        : [];
}
