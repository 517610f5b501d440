using GuestSessions.Storage.Health;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Probes the store: begins a write transaction and rolls it back.</summary>
internal sealed class SqliteProbe(SqliteConnections connections) : IStoreProbe
{
    public Task ProbeAsync() => connections.WriteAsync(
        static session =>
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute("ROLLBACK");
            return true;
        },
        CancellationToken.None);
}
