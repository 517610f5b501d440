using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.History;

/// <summary>The slices of one tenant. Without I/O and without a clock.</summary>
public sealed class TenantHistory
{
    /// <summary>The length of a slice.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMinutes(5);

    /// <summary>How long a slice is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Maximum number of slices.</summary>
    public static readonly int MostSlices = (int)(Kept / Slice);

    private readonly List<HistorySlice> _slices;

    public TenantHistory(IReadOnlyList<HistorySlice> stored) => _slices = [.. stored.TakeLast(MostSlices)];

    /// <summary>Adds counts to the slice of a time.</summary>
    /// <returns>Whether they began a slice, so that those before it will not change.</returns>
    public bool Add(TallyMessage tally, DateTimeOffset now)
    {
        var from = new DateTimeOffset(now.UtcTicks - now.UtcTicks % Slice.Ticks, TimeSpan.Zero);
        // A wall clock that was set back counts on in the latest slice, so that slices stay in order.
        var begins = _slices.Count == 0 || _slices[^1].From < from;
        if (begins)
        {
            _slices.Add(new HistorySlice(from));
            if (_slices.Count > MostSlices)
                _slices.RemoveAt(0);
        }

        _slices[^1] = Sum(_slices[^1], tally, now);
        return begins && _slices.Count > 1;
    }

    /// <summary>The slices of the last <see cref="Kept"/>, the oldest first.</summary>
    public IReadOnlyList<HistorySlice> Read(DateTimeOffset now) =>
        [.. _slices.Where(slice => slice.From > now - Kept)];

    private static HistorySlice Sum(HistorySlice slice, TallyMessage tally, DateTimeOffset now)
    {
        var delivered = tally.Delays.Sum();
        var age = tally.Backlog?.WaitingSince is { } since && since < now ? now - since : TimeSpan.Zero;
        return slice with
        {
            Accepted = slice.Accepted + tally.Accepted,
            Delivered = slice.Delivered + delivered,
            Quarantined = slice.Quarantined + tally.Quarantined,
            InDoubt = slice.InDoubt + tally.InDoubt,
            Rejected = slice.Rejected + tally.Rejected,
            Waiting = Math.Max(slice.Waiting, tally.Backlog?.Undelivered ?? 0),
            OldestAge = age > slice.OldestAge ? age : slice.OldestAge,
            Delays = delivered == 0 ? slice.Delays
                : slice.Delays.Count == 0 ? tally.Delays
                : [.. slice.Delays.Zip(tally.Delays, static (one, more) => one + more)],
        };
    }
}
