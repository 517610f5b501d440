namespace GuestSessions.Api.Authentication;

/// <summary>
/// What a credential may do. Each is also the name of the authorization policy that asks for it.
/// </summary>
public static class Scopes
{
    public const string Ingest = "ingest";
    public const string SupportRead = "support:read";
    public const string SupportReveal = "support:reveal";
    public const string SupportAct = "support:act";
    public const string Admin = "admin";

    /// <summary>All there are. None implies another: a key that may do everything lists everything.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Ingest, SupportRead, SupportReveal, SupportAct, Admin];
}
