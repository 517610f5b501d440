using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// One guest's session. The grain key is <c>GuestKey.ToString()</c>: the tenant and a keyed hash of the guest id.
/// Every call is answered after the commit it depends on is durable.
/// </summary>
[Alias("guest-session"), Version(1)]
public interface IGuestSessionGrain : IGrainWithStringKey
{
    /// <summary>Records events in the order given, all in one commit.</summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as recorded; the same call can be repeated.</exception>
    [Alias("record")]
    Task<RecordAnswer> RecordAsync(RecordRequest request);

    /// <summary>Remembers identifiers, and queues an IDENTITY event when the set grew or changed or a profile came.</summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as recorded; the same call can be repeated.</exception>
    [Alias("identify")]
    Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request);

    /// <summary>The guest as it stands; null when it was never seen.</summary>
    [Alias("read")]
    Task<GuestView?> ReadAsync();

    /// <summary>A page of the guest's timeline in order of acceptance; null when the guest was never seen.</summary>
    [Alias("read-timeline")]
    Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query);

    /// <summary>One event with every attempt; null when the guest or the event is not there.</summary>
    [Alias("read-event")]
    Task<EventDetail?> ReadEventAsync(string eventId);

    /// <summary>What the guest's next event waits for; null when nothing is undelivered.</summary>
    [Alias("read-wait")]
    Task<WaitView?> ReadWaitAsync();

    /// <summary>Delivers what is waiting now, without settle or back-off; null when the guest was never seen.</summary>
    [Alias("flush")]
    Task<FlushAnswer?> FlushAsync(ActMessage act);
}

/// <summary>Looks guests up by what is known of them. One per tenant, on every silo; the key is the tenant's name.</summary>
[Alias("guest-directory"), Version(1)]
public interface IGuestDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The ids of the guests indexed under a term, in ordinal order after <paramref name="after"/>.</summary>
    [Alias("find")]
    Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit);
}

/// <summary>Knows the owners of browsers. The same grains as <see cref="IGuestDirectoryGrain"/>.</summary>
[Alias("browser-directory"), Version(1)]
public interface IBrowserDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The id of the guest that owns a browser: the one a backend named, else the browser's own.</summary>
    /// <exception cref="SessionUnavailableException">It cannot be known now.</exception>
    [Alias("owner-of")]
    Task<string> OwnerOfAsync(string browserId);
}

/// <summary>The session cannot answer now: storage failed, the silo is overloaded or shutting down. Safe to repeat.</summary>
[GenerateSerializer, Alias("session-unavailable")]
public sealed class SessionUnavailableException : Exception
{
    public SessionUnavailableException(string message, Exception? inner = null) : base(message, inner) { }
}
