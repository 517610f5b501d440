using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace GuestSessions.Bench.Floor;

/// <param name="Sequence">Its place among its guest's events, from 1.</param>
public sealed record FloorEvent(string Guest, long Sequence, string EventId, byte[] Body);

/// <summary>
/// The least a journal in PostgreSQL can be: a row for each event and a row for how far each guest has delivered, both written for
/// many guests in one statement.
/// </summary>
public sealed class FloorJournal : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly GroupCommit<FloorEvent> _events;
    private readonly GroupCommit<(string Guest, long Delivered)> _deliveries;

    /// <param name="database">Connection string of an empty database.</param>
    public FloorJournal(string database)
    {
        _source = NpgsqlDataSource.Create($"{database};Max Auto Prepare=16;Auto Prepare Min Usages=1");
        _events = new GroupCommit<FloorEvent>(WriteEventsAsync);
        _deliveries = new GroupCommit<(string, long)>(WriteDeliveriesAsync);
    }

    public async Task CreateTablesAsync()
    {
        await using var command = _source.CreateCommand(
            """
            CREATE TABLE event (guest text COLLATE "C", sequence bigint, event_id text NOT NULL, body bytea NOT NULL, PRIMARY KEY (guest, sequence));
            CREATE TABLE delivery (guest text COLLATE "C" PRIMARY KEY, delivered bigint NOT NULL) WITH (fillfactor = 80);
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns when the event is on disk.</summary>
    public Task AppendAsync(FloorEvent added) => _events.AddAsync(added);

    /// <summary>Returns when it is on disk how far the guest has delivered.</summary>
    public Task DeliveredAsync(string guest, long sequence) => _deliveries.AddAsync((guest, sequence));

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task WriteEventsAsync(List<FloorEvent> events)
    {
        await using var command = _source.CreateCommand(
            "INSERT INTO event (guest, sequence, event_id, body) SELECT * FROM unnest($1, $2, $3, $4)");
        Add(command, NpgsqlDbType.Text, events.ConvertAll(static one => one.Guest));
        Add(command, NpgsqlDbType.Bigint, events.ConvertAll(static one => one.Sequence));
        Add(command, NpgsqlDbType.Text, events.ConvertAll(static one => one.EventId));
        Add(command, NpgsqlDbType.Bytea, events.ConvertAll(static one => one.Body));
        await command.ExecuteNonQueryAsync();
    }

    private async Task WriteDeliveriesAsync(List<(string Guest, long Delivered)> deliveries)
    {
        // One statement may touch a row once.
        var last = new Dictionary<string, long>(deliveries.Count, StringComparer.Ordinal);
        foreach (var (guest, delivered) in deliveries)
            last[guest] = delivered;
        await using var command = _source.CreateCommand(
            """
            INSERT INTO delivery (guest, delivered) SELECT * FROM unnest($1, $2)
            ON CONFLICT (guest) DO UPDATE SET delivered = excluded.delivered
            """);
        Add(command, NpgsqlDbType.Text, last.Keys.ToList());
        Add(command, NpgsqlDbType.Bigint, last.Values.ToList());
        await command.ExecuteNonQueryAsync();
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<T> column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. column], NpgsqlDbType = NpgsqlDbType.Array | type, Direction = ParameterDirection.Input });
}
