using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Receipts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Live;

/// <summary>
/// Answers what happened after a place, which is a version of the guest's journal. It reads the commits since, and of the
/// events that they are about how they stand: whoever comes late misses steps in between, never where an event has come to.
/// </summary>
internal sealed class LiveReader(
    GuestKey key, IJournal journal, SessionDoor door, ReceiptReader receipts, CommitBell bell)
{
    /// <summary>Events after which a page ends.</summary>
    private const int EventsOfPage = 200;

    /// <summary>Commits after which it ends.</summary>
    private const int CommitsOfPage = 100;

    private const int LongestRun = 100;

    /// <summary>Null when the guest was never seen.</summary>
    public async Task<LivePage?> WatchAsync(long? after, TimeSpan patience)
    {
        if (await receipts.KnownAsync() is not { } known)
            return null;
        if (after is not { } place)
            return new LivePage(door.State.Version, []);
        if (place > door.State.Version)
            return new LivePage(door.State.Version, []) { HasGap = true };
        if (place == door.State.Version && patience > TimeSpan.Zero)
        {
            if (!await bell.WaitAsync(patience))
                return new LivePage(place, []) { IsFull = true };
            known = (await receipts.KnownAsync())!;
        }

        return place == door.State.Version ? new LivePage(place, []) : await ReadAsync(known, place);
    }

    private async Task<LivePage> ReadAsync(KnownEvents known, long after)
    {
        // Not beyond what was durable when the session was asked: the two are read as of one moment.
        var through = Math.Min(door.State.Version, after + CommitsOfPage);
        var (place, hasGap) = (after, false);
        var changed = new SortedSet<long>();
        await foreach (var commit in journal.ReadAsync(key, new VersionSpan(after, through), CancellationToken.None))
        {
            hasGap |= commit.Version != place + 1;
            changed.UnionWith(commit.Events.OfType<IAboutEvent>().Select(static about => about.Sequence));
            place = commit.Version;
            if (changed.Count >= EventsOfPage)
                break;
        }

        // Retention let all of them go.
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
