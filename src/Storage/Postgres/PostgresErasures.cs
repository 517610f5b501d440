using GuestSessions.Core.Guests;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Sql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Erases guests from the database. Deleted rows stay in their pages until <see cref="CompactAsync"/> vacuums them.</summary>
internal sealed class PostgresErasures(PostgresQueries queries, PostgresVacuum vacuum) : IErasureStore
{
    public async Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation) =>
        await queries.ExecuteAsync(PostgresSql.Erasures["erase"], command => Bind(command, tombstone), cancellation) > 0;

    public async Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Erasures["read"],
        command => command.With("guest", guest.Hash),
        static row => new ErasedGuest(
            row.GetString(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
            new ErasedStanding(
                row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
                row.GetInt64(6) == 0 ? null : new EventOnItsWay(row.GetInt64(6), row.GetString(7), row.GetInt32(8)))),
        cancellation)).SingleOrDefault();

    public async Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> guests, CancellationToken cancellation)
    {
        if (guests.Count == 0)
            return ErasureCounts.None;
        var tenant = guests[0].Guest.Tenant;
        var hashes = guests.Select(static guest => PostgresHash.ToGuid(guest.Guest.Hash)).ToArray();
        await RunAsync(PostgresSql.Erasures["delete-late-changes"]);
        return new ErasureCounts
        {
            Commits = await RunAsync(PostgresSql.Erasures["delete-commits"]),
            Snapshots = await RunAsync(PostgresSql.Erasures["delete-snapshots"]),
            SetAside = await RunAsync(PostgresSql.Erasures["delete-asides"]),
            Terms = await RunAsync(PostgresSql.Erasures["delete-terms"]),
            Browsers = await RunAsync(PostgresSql.Erasures["blank-browsers"]),
            Acts = await RunAsync(PostgresSql.Erasures["blank-acts"]),
            Rejections = await vacuum.ExecuteAsync(
                PostgresSql.Erasures["delete-rejections"],
                command => command.With("tenant", tenant).With(
                    "rejections", guests.Select(static guest => PostgresHash.ToGuid(guest.Rejections)).ToArray()),
                cancellation),
            Items = await vacuum.ExecuteAsync(
                PostgresSql.Erasures["blank-items"],
                command => command.With("tenant", tenant).With("names", guests.Select(static guest => guest.Name).ToArray()),
                cancellation),
        };

        Task<int> RunAsync(SqlStatement statement) =>
            vacuum.ExecuteAsync(statement, command => command.With("guests", hashes), cancellation);
    }

    public async Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation) =>
        (await queries.ReadAsync(
            PostgresSql.Erasures["are-erased"],
            command => command.With("terms", terms.Select(PostgresHash.ToGuid).ToArray()),
            static row => row.GetBoolean(0),
            cancellation)).Single();

    public async Task<bool> HasErasedAsync(CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Erasures["has-erased"], static command => command, static row => row.GetBoolean(0), cancellation)).Single();

    public async Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation) =>
        await queries.ExecuteAsync(
            PostgresSql.Erasures["lift"],
            command => BindAct(command.With("guest", guest.Hash).With("name", name).With("tenant", guest.Tenant), act),
            cancellation) > 0;

    public Task<StorageRemains> CompactAsync(CancellationToken cancellation) => vacuum.RunAsync(cancellation);

    private static PostgresCommand Bind(PostgresCommand command, GuestTombstone tombstone)
    {
        var (standing, sending) = (tombstone.Standing, tombstone.Standing.Sending);
        return BindAct(command, tombstone.Act)
            .With("guest", tombstone.Guest.Hash)
            .With("version", tombstone.Version)
            .With("of", tombstone.Of)
            .With("tenant", tombstone.Guest.Tenant)
            .With("operation", tombstone.Operation)
            .With("terms", tombstone.Terms.Select(PostgresHash.ToGuid).ToArray())
            .With("until", tombstone.HandOffUntil.UtcTicks)
            .With("payload", tombstone.HandOff)
            .With("events", standing.Events)
            .With("undelivered", standing.Undelivered)
            .With("aside", standing.SetAside)
            .With("in_doubt", standing.InDoubt)
            .With("sent_sequence", sending?.Sequence ?? 0)
            .With("sent_type", sending?.Type ?? "")
            .With("sent_attempt", sending?.Attempt ?? 0);
    }

    private static PostgresCommand BindAct(PostgresCommand command, PersonAct act) => command
        .With("at", act.At.UtcTicks)
        .With("by", act.By)
        .With("reason", act.Reason ?? "")
        .With("via", act.Via ?? "");
}
