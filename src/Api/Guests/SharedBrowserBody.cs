namespace GuestSessions.Api.Guests;

/// <summary>A browser that several guests had, one after the other.</summary>
/// <param name="Guests">The others, before or after, as far as the sessions that are kept tell.</param>
public sealed record SharedBrowserBody(string BrowserId, IReadOnlyList<string> Guests);
