using Microsoft.AspNetCore.Http;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>Who is told why a host is not ready. Without one, nobody is: the reasons are in the log.</summary>
public interface IHealthAudience
{
    bool MayKnow(HttpContext context);
}
