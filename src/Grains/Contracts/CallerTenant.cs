namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The tenant of a call travels with the call. The silo compares it with the key of the called grain. This is the second
/// check, after the API's own.
/// </summary>
/// <param name="travels">
/// False in a process that is alone. Nobody can call its grains from outside, and a call would pay for copies of the context.
/// </param>
public sealed class CallerTenant(bool travels)
{
    internal const string Name = "sessions.tenant";

    /// <summary>Whether the tenant has to be set.</summary>
    public bool Travels => travels;

    /// <summary>Sets the tenant of a credential for all further calls of this flow.</summary>
    public void Is(string tenant)
    {
        if (travels)
            RequestContext.Set(Name, tenant);
    }

    /// <summary>
    /// Sets the tenant for an endpoint that derives it from the request. A credential's tenant takes precedence.
    /// </summary>
    public void IsAtLeast(string tenant)
    {
        if (travels && RequestContext.Get(Name) is null)
            Is(tenant);
    }
}
