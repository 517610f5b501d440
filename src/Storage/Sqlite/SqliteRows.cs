using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Reads rows of the journal.</summary>
internal static class SqliteRows
{
    /// <summary>Binds the key after which a page of guests starts; without a key, the page is the first.</summary>
    public static SqliteStatement WithAfter(this SqliteStatement statement, GuestKey? after) =>
        after is { } key
            ? statement.With("after", key.Hash)
            : statement.With("after", ReadOnlySpan<byte>.Empty);

    /// <summary>Reads the columns <c>guest, tenant</c>.</summary>
    public static GuestKey Guest(SqliteStatement row) => new(row.Text(1), row.Hash(0));

    /// <summary>Reads the columns <c>version, at, format, payload</c>.</summary>
    public static StoredRow Commit(SqliteStatement row) => new(
        row.Int64(0), new DateTimeOffset(row.Int64(1), TimeSpan.Zero), (int)row.Int64(2), row.Blob(3));

    /// <summary>Reads the columns <c>version, format, payload</c>.</summary>
    public static StoredSnapshot Snapshot(SqliteStatement row) =>
        new(row.Int64(0), (int)row.Int64(1), row.Blob(2));
}
