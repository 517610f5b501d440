using GuestSessions.Bench.Baseline;

namespace GuestSessions.Bench.Floor;

/// <summary>The floor behind the front that the baseline has.</summary>
internal static class FloorServer
{
    /// <param name="database">Connection string of an empty database.</param>
    public static async Task RunAsync(int port, Uri sink, int inFlight, string database)
    {
        await using var journal = new FloorJournal(database);
        await journal.CreateTablesAsync();
        using var permits = new SemaphoreSlim(inFlight);
        await PeerFront.RunAsync(
            port, sink, inFlight,
            services => services.AddSingleton(journal).AddSingleton(permits),
            static (grains, guest, eventId, body) => grains.GetGrain<IFloorGrain>(guest).RecordAsync(eventId, body));
    }
}
