using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests.Receipts;

/// <summary>
/// Reads one page of a guest's timeline. A filter that finds little ends the page early, so that a read is bounded. The page
/// then says where to continue.
/// </summary>
internal sealed class TimelineReader(ReceiptReader receipts)
{
    /// <summary>Maximum number of events examined for one page.</summary>
    private const int MostLooked = 2_000;

    /// <summary>Returns null when the guest was never seen.</summary>
    public async Task<TimelinePage?> ReadAsync(TimelineQuery query)
    {
        if (await receipts.KnownAsync() is not { } known)
            return null;
        return await ReadAsync(query, known) with { Lines = known.Lines };
    }

    private async Task<TimelinePage> ReadAsync(TimelineQuery query, KnownEvents known)
    {
        var runs = await RunsOfAsync(query, known);
        List<Receipt> found = [];
        var (looked, last) = (0L, 0L);
        foreach (var run in runs)
        {
            if (found.Count > query.Limit)
                break;
            if (looked >= MostLooked)
                return Page(found, last);
            var read = await receipts.ReadAsync(known, run);
            found.AddRange((query.Newest ? read.Reverse() : read).Where(receipt => Matches(receipt, query)));
            looked += run.Last - run.First + 1;
            last = query.Newest ? run.First : run.Last;
        }

        return found.Count > query.Limit
            ? Page(found.Take(query.Limit).ToList(), found[query.Limit - 1].Event.Sequence)
            : Page(found, next: null);
    }

    private async Task<IEnumerable<SequenceRun>> RunsOfAsync(TimelineQuery query, KnownEvents known)
    {
        var most = query.Limit + 1;
        var (first, last) = query.Newest
            ? (1, query.After > 0 ? Math.Min(query.After - 1, known.LastSequence) : known.LastSequence)
            : (query.After + 1, known.LastSequence);

        // The session still holds all events in these states, so the history is not needed to find them.
        if (query.State is StateNames.Pending or StateNames.Sending)
            return SequenceRun.Of(InOrder(known.Waiting), most);
        if (query.State is StateNames.Quarantined or StateNames.InDoubt)
            return SequenceRun.Of(InOrder(known.Aside), most);

        var oldest = await receipts.OldestAsync(known);
        var survivors = SequenceRun.Of(
            InOrder(known.Waiting.Concat(known.Aside)).Where(sequence => sequence < oldest), most);
        return query.Newest
            ? SequenceRun.Falling(last, Math.Max(first, oldest), most).Concat(survivors)
            : survivors.Concat(SequenceRun.Rising(Math.Max(first, oldest), last, most));

        IEnumerable<long> InOrder(IEnumerable<long> sequences)
        {
            var within = sequences.Where(sequence => sequence >= first && sequence <= last);
            return query.Newest ? within.OrderDescending() : within.Order();
        }
    }

    private static bool Matches(Receipt receipt, TimelineQuery query) =>
        (query.Newest ? query.After == 0 || receipt.Event.Sequence < query.After : receipt.Event.Sequence > query.After)
        && (query.Type is null || receipt.Current.Type == query.Type)
        && EventWarning.Matches(receipt.Current.Warnings, query.Warning)
        && (query.State is null || StateNames.Of(receipt.State) == query.State);

    private static TimelinePage Page(IReadOnlyList<Receipt> found, long? next) =>
        new([.. found.Select(Views.OfReceipt)], next);
}
