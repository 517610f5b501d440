namespace GuestSessions.Grains.Contracts;

/// <param name="Guest">The guest id, recorded when this is the guest's first event.</param>
/// <param name="Event">The event; whole where <paramref name="Quarantine"/> is null.</param>
/// <param name="Quarantine">Why it must not be sent as it is.</param>
/// <param name="AdmitsNew">
/// Whether a guest never seen may begin with it; else the answer is <see cref="FirstSeen"/> and nothing is stored.
/// </param>
/// <param name="TraceParent">W3C trace context of the request, if it is traced.</param>
[GenerateSerializer, Immutable, Alias("browser-event")]
public sealed record BrowserEvent(
    [property: Id(0)] string Guest,
    [property: Id(1)] EventToRecord Event,
    [property: Id(2)] string? Quarantine,
    [property: Id(3)] bool AdmitsNew,
    [property: Id(4)] string? TraceParent)
{
    /// <summary>Code of an event of a guest never seen, which was not to be admitted.</summary>
    public const string FirstSeen = "first_seen";

    /// <summary>Code of an event whose browser is another guest's by now: that one is to be asked.</summary>
    public const string Moved = "browser_moved";
}

/// <param name="BrowserId">As the upstream issued it.</param>
/// <param name="CustomerReference">The upstream's guest made with it.</param>
[GenerateSerializer, Immutable, Alias("upstream-browser-id")]
public sealed record UpstreamBrowserId(
    [property: Id(0)] string BrowserId,
    [property: Id(1)] string? CustomerReference);
