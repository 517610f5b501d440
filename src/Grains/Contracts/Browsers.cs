namespace GuestSessions.Grains.Contracts;

/// <param name="Guest">The guest id, recorded when this is the guest's first event.</param>
/// <param name="Event">The event. It is complete when <paramref name="Quarantine"/> is null.</param>
/// <param name="Quarantine">Why the event must not be sent unchanged.</param>
/// <param name="AdmitsNew">
/// Whether the event may create a new guest. If not, the answer for a new guest is <see cref="FirstSeen"/> and nothing
/// is stored.
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
    /// <summary>Code of an event whose guest is new and may not be created by it.</summary>
    public const string FirstSeen = "first_seen";

    /// <summary>Code of an event whose browser belongs to another guest now. Send the event to that guest.</summary>
    public const string Moved = "browser_moved";

    /// <summary>A number that stands for the sender's address on the host that took the event; 0 if it is unknown. Never stored.</summary>
    [Id(5)] public int Sender { get; init; }
}

/// <param name="BrowserId">The id that the upstream issued.</param>
/// <param name="CustomerReference">The upstream's guest that was created with the id.</param>
[GenerateSerializer, Immutable, Alias("upstream-browser-id")]
public sealed record UpstreamBrowserId(
    [property: Id(0)] string BrowserId,
    [property: Id(1)] string? CustomerReference);
