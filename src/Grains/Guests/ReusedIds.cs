using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Shows where events differ from the earlier events with their ids. The session remembers only hashes, so the earlier
/// events are read from the history. This is rare, because the caller has to fix an error.
/// </summary>
internal sealed class ReusedIds(ReceiptReader receipts)
{
    /// <summary>Maximum number of events explained per call. Each costs a read of the journal.</summary>
    private const int MostExplained = 8;

    public static bool MustExplain(RecordAnswer answer)
    {
        for (var at = 0; at < answer.Results.Count; at++)
        {
            if (IsReused(answer.Results[at]))
                return true;
        }

        return false;
    }

    public async Task<RecordAnswer> ExplainAsync(RecordRequest request, RecordAnswer answer)
    {
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
                    "The id belongs to another event. This is the first difference between the two.");
        }
        catch (JournalUnavailableException)
        {
            // The answer is correct without the difference, and the other events of the request were recorded.
        }

        return new Violation(
            EventCodes.EventIdReused, "/event_id", "The id belongs to another event, which can no longer be read.");
    }

    private static bool IsReused(RecordResult result)
        => result is { Status: RecordStatus.Rejected, Code: EventCodes.EventIdReused };
}
