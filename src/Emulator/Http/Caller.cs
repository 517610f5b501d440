namespace GuestSessions.Emulator.Http;

/// <summary>The caller, and which of the two forms of the Stream API it uses.</summary>
/// <param name="Edge">Whether it called the edge form, where the context id names the tenant and the site id the point of sale.</param>
/// <param name="Credential">The client key, or the context id.</param>
/// <param name="SiteId">Only in the edge form, whose body names no point of sale.</param>
internal sealed record Caller(bool Edge, string? Credential, string? SiteId = null)
{
    /// <summary>The key in a receipt: the edge form hides it from its callers.</summary>
    public string ClientKey => Edge ? "" : Credential ?? "";
}
