using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Says where events differ from those that have their ids. The session remembers no more than a hash of them, so that
/// they are read from the history: rare, since the caller has to fix something.
/// </summary>
internal sealed class ReusedIds(ReceiptReader receipts)
{
    /// <summary>Events of one call whose difference is looked for: each costs a read of the journal.</summary>
    private const int MostExplained = 8;

    public async Task<RecordAnswer> ExplainAsync(RecordRequest request, RecordAnswer answer)
    {
        if (!answer.Results.Any(IsReused))
            return answer;
        List<RecordResult> results = [.. answer.Results];
        var explained = 0;
        for (var at = 0; at < results.Count && explained < MostExplained; at++)
        {
            if (!IsReused(results[at]))
                continue;
            results[at] = results[at] with { Found = [await DifferenceAsync(request.Events[at])] };
            explained++;
        }

        return new RecordAnswer(results);
    }

    private async Task<Violation> DifferenceAsync(EventToRecord message)
    {
        try
        {
            if (await receipts.FindAsync(message.EventId) is { } known)
                return new Violation(
                    EventCodes.EventIdReused,
                    EventDifference.Find(known.Event.Body, message.Content.Body) ?? "/event",
                    "The id belongs to another event; this is where they differ first.");
        }
        catch (JournalUnavailableException)
        {
            // The answer is right without it, and what else is in the request was recorded.
        }

        return new Violation(
            EventCodes.EventIdReused, "/event_id", "The id belongs to another event, which can no longer be read.");
    }

    private static bool IsReused(RecordResult result)
        => result is { Status: RecordStatus.Rejected, Code: EventCodes.EventIdReused };
}
