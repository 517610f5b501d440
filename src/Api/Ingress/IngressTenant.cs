using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>A tenant as the ingress needs it, made once.</summary>
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

    /// <summary>What answers repeat, as the upstream's do.</summary>
    public string ClientKey { get; }

    public StreamApiForm Form { get; }

    /// <summary>Whether the visitor's <c>User-Agent</c> and address are kept and sent on.</summary>
    public bool ForwardsVisitor { get; }

    public SdkEventReader Events { get; }
}
