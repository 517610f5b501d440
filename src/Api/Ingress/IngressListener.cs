using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Addresses of the ingress' own, where there are any: then the ingress is not served elsewhere and nothing else is
/// served there, so that only one of the two need be open to the world.
/// </summary>
public static class IngressListener
{
    /// <summary>Listens at the ingress' addresses too.</summary>
    public static void AddIngressListener(this WebApplicationBuilder builder, IngressOptions ingress)
    {
        if (ingress.Enabled && ingress.Urls.Length > 0)
            ListenAddresses.Add(builder.Configuration, ingress.Urls, "ingress");
    }

    /// <summary>Takes the endpoint away from a request that came to the wrong address.</summary>
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

    /// <summary>The ingress' own; none where it shares the API's.</summary>
    internal static HashSet<int> PortsOf(IngressOptions options) => options.Enabled
        ? [.. AddressesOf(options.Urls).Select(static address => BindingAddress.Parse(address).Port)]
        : [];

    private static string[] AddressesOf(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
