using Orleans.Storage;

namespace GuestSessions.Bench.Baseline;

/// <summary>What a team would build first, over SQLite or PostgreSQL.</summary>
internal static class BaselineServer
{
    /// <param name="database">Connection string of an empty database; null for a file of SQLite in the folder.</param>
    public static async Task RunAsync(int port, Uri sink, int inFlight, string folder, string? database)
    {
        IGrainStorage storage = database is null
            ? new SqliteGrainStorage(Path.Combine(folder, "baseline.db"))
            : await PostgresGrainStorage.CreateAsync(database);
        await PeerFront.RunAsync(
            port, sink, inFlight,
            services => services.AddSingleton(storage),
            static (grains, guest, eventId, body) => grains.GetGrain<IBaselineGrain>(guest).RecordAsync(eventId, body));
    }
}
