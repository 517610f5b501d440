using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Events;

/// <inheritdoc cref="IEventSearch"/>
public sealed class EventSearch(IEventRows rows, TimeProvider time) : IEventSearch, IDisposable
{
    /// <summary>How long one search reads. <value>2 seconds</value></summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // Searches read much and are seldom. One after the other, they cannot take more than one processor from the events.
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<FoundEvents> FindAsync(
        string tenant, string eventId, JournalPlace? before, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(LongestWait, cancellation))
            return new FoundEvents([], null, before ?? JournalPlace.Newest);
        try
        {
            var text = JournalCodec.TextOf(eventId);
            var began = time.GetTimestamp();
            List<string> guests = [];
            DateTimeOffset? backTo = null;
            do
            {
                var stretch = await rows.ReadAsync(tenant, text, before, cancellation);
                guests.AddRange(stretch.Rows.Where(row => HasAccepted(row, eventId)).Select(static row => row.Name)
                    .Distinct(StringComparer.Ordinal));
                backTo = stretch.BackTo ?? backTo;
                before = stretch.Next;
            }
            while (guests.Count == 0 && before is not null && time.GetElapsedTime(began) < Patience);
            return new FoundEvents(guests, backTo, before);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // An event's own content may have the same bytes, so only decoding the row is certain.
    private static bool HasAccepted(NamedRow row, string eventId) => JournalCodec.Decode(row.Guest, row.Row)
        .SelectMany(static commit => commit.Events).OfType<EventRecorded>()
        .Any(recorded => recorded.EventId == eventId);
}
