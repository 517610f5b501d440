namespace GuestSessions.Api.Ingress;

/// <summary>Marks every endpoint of the ingress, whose callers have a public key and no credential.</summary>
internal sealed class IngressMark
{
    public static readonly IngressMark Instance = new();
}
