using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Events;

/// <summary>The rows of all guests in about the order of their arrival, stretch by stretch, from the newest.</summary>
public interface IEventRows
{
    /// <summary>Reads one stretch. It is short enough, in bytes and in rows that it returns, that no writer notices.</summary>
    /// <param name="bytes">Only rows whose payload has them are returned.</param>
    /// <param name="before">Where the stretch ends; null for the newest.</param>
    Task<StoredStretch> ReadAsync(string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation);
}

/// <param name="Rows">Of guests that have a name and are not erased, and of these nothing from before an erasure.</param>
/// <param name="BackTo">When its oldest row was made; null for a stretch without any.</param>
/// <param name="Next">Where the next one ends; null when nothing older is stored.</param>
public sealed record StoredStretch(IReadOnlyList<NamedRow> Rows, DateTimeOffset? BackTo, JournalPlace? Next);

/// <param name="Name">The guest id that the caller chose.</param>
public sealed record NamedRow(GuestKey Guest, string Name, StoredRow Row);
