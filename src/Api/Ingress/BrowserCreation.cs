using GuestSessions.Core.Guests;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// <c>GET …/browser/create.json</c>, answered from memory. It must not fail for anything of ours or the upstream's: an
/// SDK in a browser keeps a failed answer as its cookie for two years.
/// </summary>
internal sealed class BrowserCreation(IngressTenants tenants, BrowserIdPool pool, IngressInstruments instruments)
{
    public IResult Create(HttpContext context)
    {
        if (tenants.Find(context.Request.Query) is not { } tenant)
        {
            instruments.Refused(null, "unknown_client_key");
            return IngressAnswers.UnknownTenant();
        }

        var issued = pool.TryTake(tenant.Name);
        instruments.GaveBrowserId(tenant.Name, local: issued is null);
        return IngressAnswers.Ok(issued is null
            ? IngressReceipt.Of(tenant, NewLocal(), NewLocal())
            : IngressReceipt.Of(tenant, issued.BrowserId, issued.CustomerReference));
    }

    private static string NewLocal() => LocalBrowserIds.Make(Guid.NewGuid());
}
