using GuestSessions.Core.Guests;

namespace GuestSessions.Grains.Contracts;

/// <summary>The guests in the memory of this process. Their callers in the same process need no grain call.</summary>
public interface ILocalGuests
{
    /// <summary>Records an event if that needs no more than one commit of a guest that is here.</summary>
    /// <returns>
    /// Null if nothing was recorded and the guest's grain has to be called: the guest is elsewhere or is leaving, it refuses events
    /// now, or the answer needs more than the commit.
    /// </returns>
    /// <exception cref="SessionUnavailableException">It is unknown whether the event was recorded.</exception>
    ValueTask<RecordAnswer?> TryRecordAsync(GuestKey key, RecordRequest request);
}

/// <summary>A process without guests, such as an API host.</summary>
public sealed class NoLocalGuests : ILocalGuests
{
    public ValueTask<RecordAnswer?> TryRecordAsync(GuestKey key, RecordRequest request) => default;
}
