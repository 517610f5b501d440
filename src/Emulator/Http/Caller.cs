namespace GuestSessions.Emulator.Http;

/// <summary>Who calls, in which of the two forms of the Stream API.</summary>
/// <param name="Edge">Through the edge proxy: by context id, the point of sale by site id.</param>
/// <param name="Credential">The client key, or the context id.</param>
/// <param name="SiteId">Of the edge form; its body names no point of sale.</param>
internal sealed record Caller(bool Edge, string? Credential, string? SiteId = null)
{
    /// <summary>What a receipt names: the edge form keeps the key from its callers.</summary>
    public string ClientKey => Edge ? "" : Credential ?? "";
}
