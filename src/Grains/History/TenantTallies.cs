using System.Collections.Concurrent;
using GuestSessions.Core.Lists;

namespace GuestSessions.Grains.History;

/// <summary>
/// What this silo saw of each tenant's events since it was last taken. Counting is an addition to a number in memory; nothing
/// waits for it.
/// </summary>
public sealed class TenantTallies
{
    private readonly ConcurrentDictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

    public void Accepted(string tenant) => Interlocked.Increment(ref Of(tenant).Accepted);

    public void Rejected(string tenant, int events) => Interlocked.Add(ref Of(tenant).Rejected, events);

    public void Delivered(string tenant, TimeSpan delay) =>
        Interlocked.Increment(ref Of(tenant).Delays[DelayBuckets.IndexOf(delay)]);

    /// <summary>A durable commit changed what is set aside.</summary>
    public void SetAside(string tenant, IReadOnlyList<AsideChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Aside is { InDoubt: true })
                Interlocked.Increment(ref Of(tenant).InDoubt);
            else if (change.Aside is not null)
                Interlocked.Increment(ref Of(tenant).Quarantined);
        }
    }

    /// <summary>Returns what was counted, and begins at zero.</summary>
    public TallyMessage Take(string tenant)
    {
        var tally = Of(tenant);
        return new TallyMessage
        {
            Accepted = Interlocked.Exchange(ref tally.Accepted, 0),
            Rejected = Interlocked.Exchange(ref tally.Rejected, 0),
            Quarantined = Interlocked.Exchange(ref tally.Quarantined, 0),
            InDoubt = Interlocked.Exchange(ref tally.InDoubt, 0),
            Delays = [.. Enumerable.Range(0, DelayBuckets.Count).Select(at => Interlocked.Exchange(ref tally.Delays[at], 0))],
        };
    }

    /// <summary>Counts again what was taken and could not be told.</summary>
    public void PutBack(string tenant, TallyMessage taken)
    {
        var tally = Of(tenant);
        Interlocked.Add(ref tally.Accepted, taken.Accepted);
        Interlocked.Add(ref tally.Rejected, taken.Rejected);
        Interlocked.Add(ref tally.Quarantined, taken.Quarantined);
        Interlocked.Add(ref tally.InDoubt, taken.InDoubt);
        for (var at = 0; at < DelayBuckets.Count; at++)
            Interlocked.Add(ref tally.Delays[at], taken.Delays[at]);
    }

    private Tally Of(string tenant) => _tallies.GetOrAdd(tenant, static _ => new Tally());

    private sealed class Tally
    {
        public readonly long[] Delays = new long[DelayBuckets.Count];
        public long Accepted;
        public long Rejected;
        public long Quarantined;
        public long InDoubt;
    }
}
