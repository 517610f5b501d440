namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The tenant of a call travels with the call. The silo compares it with the key of the called grain. This is the second
/// check, after the API's own.
/// </summary>
public static class CallerTenant
{
    internal const string Name = "sessions.tenant";

    /// <summary>Sets the tenant of a credential for all further calls of this flow.</summary>
    public static void Is(string tenant) => RequestContext.Set(Name, tenant);

    /// <summary>
    /// Sets the tenant for an endpoint that derives it from the request. A credential's tenant takes precedence.
    /// </summary>
    public static void IsAtLeast(string tenant)
    {
        if (RequestContext.Get(Name) is null)
            Is(tenant);
    }
}
