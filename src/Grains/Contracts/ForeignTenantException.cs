namespace GuestSessions.Grains.Contracts;

/// <summary>
/// A forbidden call: a call for one tenant to another tenant's grain, or a call from outside to an interface that only
/// silos may call. The cause is a bug in the caller, or an attack.
/// </summary>
[GenerateSerializer, Alias("foreign-tenant")]
public sealed class ForeignTenantException : Exception
{
    public ForeignTenantException(string message) : base(message) { }
}
