namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The tenant a call is made for travels with the call, so that the silo can hold it to the key of the grain that is
/// called: the second look after the API's own.
/// </summary>
public static class CallerTenant
{
    internal const string Name = "sessions.tenant";

    /// <summary>From here on the calls of this flow are made for the tenant of a credential.</summary>
    public static void Is(string tenant) => RequestContext.Set(Name, tenant);

    /// <summary>The same, for a way in whose tenant follows from what it is asked; a credential's stays.</summary>
    public static void IsAtLeast(string tenant)
    {
        if (RequestContext.Get(Name) is null)
            Is(tenant);
    }
}
