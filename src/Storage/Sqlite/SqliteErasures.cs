using System.Buffers.Binary;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Sql;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// Erases guests from the data file. <c>secure_delete</c> overwrites deleted rows; <see cref="CompactAsync"/> empties the log,
/// which still has the pages as they were.
/// </summary>
internal sealed class SqliteErasures(SqliteConnections connections) : IErasureStore
{
    /// <summary>How often a checkpoint is tried while a reader uses the log.</summary>
    private const int CheckpointTries = 5;

    public Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(session => Erase(session, tombstone), cancellation);

    public Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation) => connections.ReadAsync(
        session => session.Statement(SqliteSql.Erasures["read"]).With("guest", guest.Hash)
            .Read(static row => new ErasedGuest(
                row.Text(0), new DateTimeOffset(row.Int64(1), TimeSpan.Zero),
                new ErasedStanding(
                    row.Int64(2), (int)row.Int64(3), (int)row.Int64(4), (int)row.Int64(5),
                    row.Int64(6) == 0 ? null : new EventOnItsWay(row.Int64(6), row.Text(7), (int)row.Int64(8)))))
            .SingleOrDefault(),
        cancellation);

    public async Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> guests, CancellationToken cancellation)
    {
        var counts = ErasureCounts.None;
        foreach (var guest in guests)
        {
            // A reader searches the two tables that have no order by guest, so that the one writer does not stand still.
            var (terms, browsers) = await connections.ReadTogetherAsync(
                session => (
                    Hashes(session, SqliteSql.Erasures["terms"], guest.Guest),
                    Hashes(session, SqliteSql.Erasures["browsers"], guest.Guest)),
                cancellation);
            counts += await connections.WriteTogetherAsync(session => Clear(session, guest, terms, browsers), cancellation);
        }

        return counts;
    }

    public Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation) => connections.ReadAsync(
        session => terms.Any(term => session.Statement(SqliteSql.Erasures["is-erased-term"]).With("hash", term)
            .Read(static row => row.Int64(0) == 1).Single()),
        cancellation);

    public Task<bool> HasErasedAsync(CancellationToken cancellation) => connections.ReadAsync(
        static session => session.Statement(SqliteSql.Erasures["has-erased"]).Read(static row => row.Int64(0) == 1).Single(),
        cancellation);

    public async Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation)
    {
        var browsers = await connections.ReadAsync(session => Hashes(session, SqliteSql.Erasures["blanked-browsers"], guest), cancellation);
        return await connections.WriteTogetherAsync(session => Lift(session, guest, name, act, browsers), cancellation);
    }

    public async Task<StorageRemains> CompactAsync(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var (isBusy, frames) = await connections.WriteAsync(static session => session.EmptyLog(), cancellation);
            if (!isBusy || tries == CheckpointTries)
                return new StorageRemains(
                    "sqlite", IsComplete: !isBusy, isBusy ? StorageRemains.Reader : null, isBusy ? frames : 0);
        }
    }

    private static bool Erase(SqliteSession session, GuestTombstone tombstone)
    {
        var guest = tombstone.Guest;
        if (session.Statement(SqliteSql.Erasures["erase-head"])
            .With("guest", guest.Hash).With("version", tombstone.Version).Execute() == 0)
            return false;
        Run(session, SqliteSql.Erasures["delete-snapshot"], guest);
        Run(session, SqliteSql.Erasures["delete-asides"], guest);
        var (standing, sending) = (tombstone.Standing, tombstone.Standing.Sending);
        session.Statement(SqliteSql.Erasures["insert"])
            .With("guest", guest.Hash)
            .With("of", tombstone.Of)
            .With("operation", tombstone.Operation)
            .With("at", tombstone.Act.At.UtcTicks)
            .With("events", standing.Events)
            .With("undelivered", standing.Undelivered)
            .With("aside", standing.SetAside)
            .With("in_doubt", standing.InDoubt)
            .With("sent_sequence", sending?.Sequence ?? 0)
            .With("sent_type", sending?.Type ?? "")
            .With("sent_attempt", sending?.Attempt ?? 0)
            .Execute();
        foreach (var term in tombstone.Terms)
            session.Statement(SqliteSql.Erasures["insert-term"]).With("hash", term).With("guest", guest.Hash).Execute();
        if (tombstone.HandOff.Length > 0)
        {
            Span<byte> part = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(part, guest.Hash);
            SqliteFiles.Save(
                session, guest.Tenant, tombstone.Operation, part, tombstone.HandOffUntil, tombstone.HandOff);
        }

        if (tombstone.Of == guest.Hash)
            SqliteListChanges.Write(session, guest.Tenant, guest, new RecordedAct(ActNames.GuestErased, tombstone.Act));
        return true;
    }

    private static ErasureCounts Clear(
        SqliteSession session, ErasedRows rows, List<UInt128> terms, List<UInt128> browsers)
    {
        var guest = rows.Guest;
        if (!session.Statement(SqliteSql.Erasures["is-erased"]).With("guest", guest.Hash)
            .Read(static row => row.Int64(0) == 1).Single())
            return ErasureCounts.None;
        Run(session, SqliteSql.Erasures["delete-late-changes"], guest);
        return new ErasureCounts
        {
            Commits = Run(session, SqliteSql.Erasures["delete-commits"], guest),
            Snapshots = Run(session, SqliteSql.Erasures["delete-snapshot"], guest),
            SetAside = Run(session, SqliteSql.Erasures["delete-asides"], guest),
            Terms = terms.Sum(term => session.Statement(SqliteSql.Erasures["delete-term"])
                .With("hash", term).With("guest", guest.Hash).Execute()),
            Browsers = browsers.Sum(browser => session.Statement(SqliteSql.Erasures["blank-browser"])
                .With("browser", browser).With("guest", guest.Hash).Execute()),
            Acts = Run(session, SqliteSql.Erasures["blank-acts"], guest),
            Rejections = session.Statement(SqliteSql.Erasures["delete-rejections"])
                .With("tenant", guest.Tenant).With("rejections", rows.Rejections).Execute(),
            Items = session.Statement(SqliteSql.Erasures["blank-items"])
                .With("tenant", guest.Tenant).With("name", rows.Name).Execute(),
        };
    }

    private static bool Lift(SqliteSession session, GuestKey guest, string name, PersonAct act, List<UInt128> browsers)
    {
        if (session.Statement(SqliteSql.Erasures["lift-heads"]).With("guest", guest.Hash).With("name", name).Execute() == 0)
            return false;
        Run(session, SqliteSql.Erasures["lift-terms"], guest);
        Run(session, SqliteSql.Erasures["lift"], guest);
        foreach (var browser in browsers)
            session.Statement(SqliteSql.Erasures["name-browser"])
                .With("browser", browser).With("guest", guest.Hash).With("name", name).Execute();
        SqliteListChanges.Write(session, guest.Tenant, guest, new RecordedAct(ActNames.ErasureLifted, act));
        return true;
    }

    private static List<UInt128> Hashes(SqliteSession session, SqlStatement statement, GuestKey guest) =>
        session.Statement(statement).With("guest", guest.Hash).Read(static row => row.Hash(0));

    private static int Run(SqliteSession session, SqlStatement statement, GuestKey guest) =>
        session.Statement(statement).With("guest", guest.Hash).Execute();
}
