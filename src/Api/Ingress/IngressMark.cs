namespace GuestSessions.Api.Ingress;

/// <summary>On every endpoint of the ingress: who calls it shows a public key, not a credential.</summary>
internal sealed class IngressMark
{
    public static readonly IngressMark Instance = new();
}
