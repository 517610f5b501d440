namespace GuestSessions.Api.Authentication;

/// <summary>
/// What a credential may do. Each scope is also the name of the authorization policy that requires it.
/// </summary>
public static class Scopes
{
    public const string Ingest = "ingest";
    public const string SupportRead = "support:read";
    public const string SupportReveal = "support:reveal";
    public const string SupportAct = "support:act";
    public const string Admin = "admin";

    /// <summary>All scopes. None implies another: a key that may do everything lists every scope.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Ingest, SupportRead, SupportReveal, SupportAct, Admin];
}
