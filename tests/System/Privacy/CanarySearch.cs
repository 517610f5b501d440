using System.Text;
using Npgsql;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>Looks for a text in everything that a store keeps, whatever it is for.</summary>
internal static class CanarySearch
{
    /// <summary>The files that have the text, byte for byte.</summary>
    public static async Task<IReadOnlyList<string>> InFolderAsync(string folder, string canary)
    {
        var bytes = Encoding.UTF8.GetBytes(canary);
        List<string> found = [];
        // The lock file is empty, and its owner lets nobody open it.
        foreach (var file in Directory.GetFiles(folder).Where(static file => Path.GetExtension(file) != ".lock"))
        {
            // The store has its files open.
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            if (content.ToArray().AsSpan().IndexOf(bytes) >= 0)
                found.Add(Path.GetFileName(file));
        }

        return found;
    }

    /// <summary>The tables with a row that has the text, as text or as bytes.</summary>
    public static async Task<IReadOnlyList<string>> InDatabaseAsync(string connectionString, string canary)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        List<string> tables = [];
        await using (var list = source.CreateCommand(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
        await using (var rows = await list.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                tables.Add(rows.GetString(0));
        }

        List<string> found = [];
        foreach (var table in tables)
        {
            await using var count = source.CreateCommand(
                $"SELECT count(*) FROM {table} AS r WHERE strpos(r::text, $1) > 0 OR strpos(r::text, encode($1::bytea, 'hex')) > 0");
            count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = canary });
            if (await count.ExecuteScalarAsync() is > 0L)
                found.Add(table);
        }

        Assert.True(tables.Count > 10, "The tables were not found.");
        return found;
    }
}
