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
    private readonly GroupCommit<FloorRow> _rows;

    /// <param name="database">Connection string of an empty database.</param>
    public FloorJournal(string database)
    {
        _source = NpgsqlDataSource.Create($"{database};Max Auto Prepare=16;Auto Prepare Min Usages=1");
        _rows = new GroupCommit<FloorRow>(WriteAsync);
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
    public Task AppendAsync(FloorEvent added) => _rows.AddAsync(new FloorRow(added.Guest, added.Sequence, added));

    /// <summary>Returns when it is on disk how far the guest has delivered.</summary>
    public Task DeliveredAsync(string guest, long sequence) => _rows.AddAsync(new FloorRow(guest, sequence, Event: null));

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task WriteAsync(List<FloorRow> rows)
    {
        List<FloorEvent> events = [.. rows.Select(static row => row.Event).OfType<FloorEvent>()];
        // One statement may touch a row once.
        var last = new Dictionary<string, long>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Event is null)
                last[row.Guest] = row.Sequence;
        }

        await using var command = _source.CreateCommand(
            """
            WITH added AS (
                INSERT INTO event (guest, sequence, event_id, body) SELECT * FROM unnest($1, $2, $3, $4)
            )
            INSERT INTO delivery (guest, delivered) SELECT * FROM unnest($5, $6)
            ON CONFLICT (guest) DO UPDATE SET delivered = excluded.delivered
            """);
        Add(command, NpgsqlDbType.Text, events.ConvertAll(static one => one.Guest));
        Add(command, NpgsqlDbType.Bigint, events.ConvertAll(static one => one.Sequence));
        Add(command, NpgsqlDbType.Text, events.ConvertAll(static one => one.EventId));
        Add(command, NpgsqlDbType.Bytea, events.ConvertAll(static one => one.Body));
        Add(command, NpgsqlDbType.Text, last.Keys.ToList());
        Add(command, NpgsqlDbType.Bigint, last.Values.ToList());
        await command.ExecuteNonQueryAsync();
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<T> column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. column], NpgsqlDbType = NpgsqlDbType.Array | type });

    /// <param name="Event">Null where the row says how far the guest has delivered.</param>
    private sealed record FloorRow(string Guest, long Sequence, FloorEvent? Event);
}
