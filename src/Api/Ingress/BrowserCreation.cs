using GuestSessions.Api.Errors;
using GuestSessions.Core.Guests;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// <c>GET …/browser/create.json</c>, answered from memory. It must not fail for anything of ours or the upstream's: an
/// SDK in a browser keeps a failed answer as its cookie for two years. An address that asks for more ids than its share
/// gets local ones without a signature, which are a stranger's: so it cannot take the pool's from others.
/// </summary>
internal sealed class BrowserCreation(
    IngressTenants tenants, BrowserIdPool pool, IssuedBrowsers issued, IngressLimits limits, IngressInstruments instruments)
{
    public IResult Create(HttpContext context)
    {
        if (tenants.Find(context.Request.Query) is not { } tenant)
        {
            instruments.Refused(null, ProblemCodes.UnknownClientKey);
            return IngressAnswers.UnknownTenant();
        }

        var isWithin = limits.IssuesTo(context);
        if (isWithin && pool.TryTake(tenant.Name) is { } upstream)
        {
            issued.Remember(tenant.Name, upstream.BrowserId);
            instruments.GaveBrowserId(tenant.Name, local: false);
            return IngressAnswers.Ok(IngressReceipt.Of(tenant, upstream.BrowserId, upstream.CustomerReference));
        }

        instruments.GaveBrowserId(tenant.Name, local: true);
        return IngressAnswers.Ok(IngressReceipt.Of(
            tenant,
            isWithin ? issued.NewLocal(tenant.Name) : LocalBrowserIds.Make(Guid.NewGuid()),
            LocalBrowserIds.Make(Guid.NewGuid())));
    }
}
