using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>What the ingress needs of a tenant, created once.</summary>
internal sealed class IngressTenant
{
    public IngressTenant(Tenant tenant, TenantOptions options)
    {
        Name = tenant.Name;
        ClientKey = options.StreamApi.ClientKey;
        Form = options.StreamApi.Form;
        ForwardsVisitor = options.ForwardVisitor;
        Events = tenant.SdkEvents;
    }

    public string Name { get; }

    /// <summary>The client key; answers repeat it, as the upstream's do.</summary>
    public string ClientKey { get; }

    public StreamApiForm Form { get; }

    /// <summary>Whether the visitor's <c>User-Agent</c> and address are kept and forwarded.</summary>
    public bool ForwardsVisitor { get; }

    public SdkEventReader Events { get; }
}
