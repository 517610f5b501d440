using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Lists;

/// <summary>Five minutes of a tenant's health.</summary>
/// <param name="From">When they began.</param>
/// <param name="Accepted">Events that were accepted.</param>
/// <param name="Delivered">Events that the upstream accepted.</param>
/// <param name="Quarantined">Events that became quarantined.</param>
/// <param name="InDoubt">Events that became in doubt.</param>
/// <param name="Rejected">Events that were rejected at ingest.</param>
/// <param name="Undelivered">The most undelivered events at one time, of the first 100,000 guests that wait.</param>
/// <param name="OldestPendingAge">Seconds. The longest that an event had waited.</param>
/// <param name="DelayP50">
/// Seconds from the receipt of an event to the upstream's answer that half of the delivered events did not exceed, as the bound of a
/// bucket (5 ms to 1 h); null if none was delivered.
/// </param>
/// <param name="DelayP99">The same for 99 of 100 events.</param>
public sealed record HealthSliceBody(
    DateTimeOffset From,
    long Accepted,
    long Delivered,
    long Quarantined,
    long InDoubt,
    long Rejected,
    long Undelivered,
    double OldestPendingAge,
    double? DelayP50,
    double? DelayP99)
{
    internal static HealthSliceBody Of(HistoryView slice) => new(
        slice.From, slice.Accepted, slice.Delivered, slice.Quarantined, slice.InDoubt, slice.Rejected, slice.Waiting,
        Math.Round(slice.OldestAge.TotalSeconds, 3), slice.MedianDelay?.TotalSeconds, slice.SlowestDelay?.TotalSeconds);
}
