namespace GuestSessions.Grains.Contracts;

/// <summary>
/// A call that must not be made: for one tenant to another's grain, or from outside to what only silos call. A bug of
/// the caller, or an attack.
/// </summary>
[GenerateSerializer, Alias("foreign-tenant")]
public sealed class ForeignTenantException : Exception
{
    public ForeignTenantException(string message) : base(message) { }
}
