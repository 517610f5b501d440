using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Load;

/// <summary>The end of a run: waits until every line is empty, and puts the history together.</summary>
internal static class HistoryReader
{
    public static async Task<History> ReadAsync(
        SessionsClient client,
        IReadOnlyList<string> guests,
        Upstream upstream,
        int inFlightAtFaults,
        TimeSpan patience)
    {
        Dictionary<string, IReadOnlyList<TimelineEvent>> timelines = [];
        foreach (var guest in guests)
        {
            await Eventually.TrueAsync(
                () => IsEmptyAsync(client, guest), patience, $"the line of {guest} is empty");
            timelines[guest] = await client.ReadTimelineAsync(guest);
        }

        return new History
        {
            Recordings = client.Log.Recordings,
            Sightings = client.Log.Sightings,
            Timelines = timelines,
            Arrivals = upstream.Arrivals,
            InFlightAtFaults = inFlightAtFaults,
        };
    }

    /// <summary>A guest that was never seen has nothing to deliver.</summary>
    private static async Task<bool> IsEmptyAsync(SessionsClient client, string guest) =>
        await client.ReadGuestAsync(guest) is not { } view
        || view.GetProperty("line").GetProperty("depth").GetInt32() == 0;
}
