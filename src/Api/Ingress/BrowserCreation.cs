using GuestSessions.Api.Errors;
using GuestSessions.Core.Guests;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// <c>GET …/browser/create.json</c>, answered from memory. It must not fail because of this service or the upstream: an
/// SDK in a browser keeps a failed answer as its cookie for two years. An address that exceeds its rate of ids gets local
/// ids without a signature, which count as unknown. So it cannot use up the pool for others.
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
