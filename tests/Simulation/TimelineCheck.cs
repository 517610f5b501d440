using GuestSessions.Core.Receipts;
using GuestSessions.Grains;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// What is read a page at a time, from the commits that the marks lead to, is what a reading of the whole history gives:
/// whatever crashes, takeovers and people's acts there were. Reads wait for nothing here, so the world stands still.
/// </summary>
internal static class TimelineCheck
{
    public static void Check(World world, GuestRuntime runtime, string guest, List<Receipt> receipts)
    {
        List<EventSummary> expected = [.. receipts.Select(Views.OfReceipt)];
        foreach (var limit in new[] { 3, 500 })
        {
            Require("oldest", expected, new TimelineQuery(null, null, 0, limit));
            Require("newest", [.. expected.AsEnumerable().Reverse()], new TimelineQuery(null, null, 0, limit, Newest: true));
        }

        foreach (var aside in new[] { "quarantined", "in_doubt", "discarded" })
            Require(aside, [.. expected.Where(one => one.State == aside)], new TimelineQuery(aside, null, 0, 2));

        foreach (var one in expected.Where(static one => one.Sequence % 5 == 0 || one.Redriven))
        {
            var found = runtime.Reading.ReadEventAsync(one.EventId).GetAwaiter().GetResult();
            HistoryCheck.Require(world, found is not null && AreSame(found.Summary, one),
                $"Timeline: {one.EventId} alone reads otherwise.");
        }

        void Require(string what, List<EventSummary> whole, TimelineQuery query)
        {
            var read = PagesAsync(runtime, query).GetAwaiter().GetResult();
            HistoryCheck.Require(world, read.Count == whole.Count
                && read.Zip(whole).All(static pair => AreSame(pair.First, pair.Second)),
                $"Timeline of {guest}, {what} by {query.Limit}: {read.Count} events, not {whole.Count}.");
        }
    }

    /// <summary>Whether both say the same: a record compares its lists by reference.</summary>
    public static bool AreSame(EventSummary one, EventSummary other) =>
        one with { Warnings = [] } == other with { Warnings = [] } && one.Warnings.SequenceEqual(other.Warnings);

    private static async Task<List<EventSummary>> PagesAsync(GuestRuntime runtime, TimelineQuery query)
    {
        List<EventSummary> read = [];
        for (long? next = 0; next is { } after;)
        {
            var page = (await runtime.Reading.ReadTimelineAsync(query with { After = after }))!;
            read.AddRange(page.Events);
            next = page.Next;
        }

        return read;
    }
}
