using GuestSessions.ServiceDefaults.Health;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Authentication;

/// <summary>Keys with the scope <c>admin</c> or <c>support:act</c> of any tenant are told why a host is not ready.</summary>
internal sealed class HealthAudience(ApiKeyRing keys) : IHealthAudience
{
    public bool MayKnow(HttpContext context) => KeyCheck.GrantsOf(context.Request, keys).Values
        .Any(static caller => caller.Has(Scopes.Admin) || caller.Has(Scopes.SupportAct));
}
