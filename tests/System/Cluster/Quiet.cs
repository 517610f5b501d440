using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>The end of a run, in which nobody calls the service: what is left has to go by itself.</summary>
internal static class Quiet
{
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(20);

    /// <summary>Nothing was sent for a while: where commits may be lost, nobody knows what has to arrive.</summary>
    public static async Task UntilNothingMovesAsync(Upstream upstream)
    {
        for (var seen = -1L; seen != upstream.Requests;)
        {
            seen = upstream.Requests;
            await Eventually.ElapseAsync(Still);
        }
    }

    /// <summary>Every event whose type is sent again when in doubt has to arrive.</summary>
    public static Task UntilDeliveredAsync(ClientLog log, Upstream upstream, TimeSpan patience)
    {
        var due = log.Recordings
            .Where(call => call.IsAcknowledged && !SentEvent.IsOrderMark(call.Mark))
            .Select(static call => call.Mark)
            .ToHashSet();
        var seen = -1L;
        return Eventually.TrueAsync(
            () =>
            {
                // Reading every arrival is dear: only once nothing moved since the last look.
                var before = seen;
                seen = upstream.Requests;
                if (seen != before)
                    return false;
                due.ExceptWith(upstream.Arrivals.Select(static arrival => arrival.Mark));
                return due.Count == 0;
            },
            patience, "every line is empty");
    }
}
