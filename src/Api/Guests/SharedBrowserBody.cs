namespace GuestSessions.Api.Guests;

/// <summary>
/// A browser that several guests had, one after the other. A body of its own for the reason that <see cref="LimitsBody"/> gives.
/// </summary>
/// <param name="Guests">The other guests, before or after, as far as the kept sessions show.</param>
public sealed record SharedBrowserBody(string BrowserId, IReadOnlyList<string> Guests);
