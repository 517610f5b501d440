using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Answers which events changed after a position, which is a version of the guest's journal. It reads the later commits and
/// the current state of their events. A late watcher misses intermediate steps, but never an event's latest state.
/// </summary>
internal sealed class Live(
    SessionCommitter committer, IJournal journal, ReceiptReader receipts, CommitSignal signal)
{
    /// <summary>Number of events after which a page ends.</summary>
    private const int EventsOfPage = 200;

    /// <summary>Number of commits after which a page ends.</summary>
    private const int CommitsOfPage = 100;

    private const int LongestRun = 100;

    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(5);

    /// <summary>See <see cref="IGuestGrain.WatchAsync"/>.</summary>
    public async Task<LivePage?> WatchAsync(long? after, TimeSpan patience)
    {
        Signal? next = null;
        var waits = false;
        var known = await committer.ReadAsync(state =>
        {
            var known = KnownEvents.Of(state);
            waits = known?.Version == after && patience > TimeSpan.Zero;
            next = waits ? signal.TryEnter() : null;
            return known;
        });
        if (known is null)
            return null;
        if (next is not null)
        {
            await signal.WaitAsync(next, patience < LongestPatience ? patience : LongestPatience);
            known = (await receipts.KnownAsync())!;
        }
        else if (waits)
        {
            return new LivePage(known.Version, []) { IsFull = true, Lines = known.Lines };
        }

        return await PageAsync(known, after) with { Lines = known.Lines };
    }

    private async Task<LivePage> PageAsync(KnownEvents known, long? after)
    {
        if (after is not { } place || place == known.Version)
            return new LivePage(known.Version, []);
        return place > known.Version
            ? new LivePage(known.Version, []) { HasGap = true }
            : await ReadAsync(known, place);
    }

    private async Task<LivePage> ReadAsync(KnownEvents known, long after)
    {
        // Does not read beyond the version that was durable when the session was read, so that both show one moment.
        var through = Math.Min(known.Version, after + CommitsOfPage);
        var (place, hasGap) = (after, false);
        var changed = new SortedSet<long>();
        await foreach (var commit in journal.ReadAsync(committer.Key, new VersionSpan(after, through), CancellationToken.None))
        {
            hasGap |= commit.Version != place + 1;
            changed.UnionWith(commit.Events.OfType<IAboutEvent>().Select(static about => about.Sequence));
            place = commit.Version;
            if (changed.Count >= EventsOfPage)
                break;
        }

        // Retention has deleted all of them.
        if (place == after)
            return new LivePage(through, []) { HasGap = true };
        return new LivePage(place, await StandingAsync(known, changed)) { HasGap = hasGap };
    }

    private async Task<IReadOnlyList<EventSummary>> StandingAsync(KnownEvents known, SortedSet<long> changed)
    {
        List<EventSummary> events = [];
        foreach (var run in SequenceRun.Of(changed, LongestRun))
        {
            events.AddRange((await receipts.ReadAsync(known, run))
                .Where(receipt => changed.Contains(receipt.Event.Sequence))
                .Select(Views.OfReceipt));
        }

        return events;
    }
}
