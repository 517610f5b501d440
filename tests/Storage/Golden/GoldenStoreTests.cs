using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Golden;

/// <summary>
/// What version 0.1.0 stored is read by every later version. <c>WRITE_GOLDEN=FOLDER</c> writes the databases of a new version there;
/// those of an earlier one are never written again.
/// </summary>
public sealed class GoldenStoreTests(PostgresServer server) : IDisposable
{
    private const string Dump = "postgres.sql";
    private const string Database = "sessions.db.gz";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("WRITE_GOLDEN");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_0_1_0_is_read_by_this_version()
    {
        var file = _folder.File("sessions.db");
        if (Folder is not null)
        {
            await WriteFileAsync(Path.Combine(Folder, Database));
            Assert.Skip("Written. It is read after the next build.");
        }

        await using (var golden = new GZipStream(Resource(Database), CompressionMode.Decompress))
        await using (var copy = File.Create(file))
            await golden.CopyToAsync(copy);

        await GoldenStore.CheckAsync(new SqliteStore(TemporaryFolder.ConnectionString(file)));
    }

    [Fact]
    public async Task A_database_of_0_1_0_is_read_by_this_version()
    {
        if (Folder is not null)
        {
            await WriteDumpAsync(Path.Combine(Folder, Dump));
            Assert.Skip("Written. It is read after the next build.");
        }

        var database = await server.NewDatabaseAsync();
        using var dump = new StreamReader(Resource(Dump));
        await PostgresServer.ExecuteAsync(database, await dump.ReadToEndAsync());

        await GoldenStore.CheckAsync(new PostgresStore(new PostgresSettings { ConnectionString = database }));
    }

    [Fact]
    public void What_0_1_0_froze_stays_as_it_is()
    {
        using var sums = new StreamReader(Resource("SHA256SUMS"));
        foreach (var line in sums.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (sum, path) = (line[..64], line[66..]);
            var now = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Root(), path))));
            Assert.True(sum == now, $"{path} is frozen with 0.1.0. Undo the change: a new schema or format is a new file.");
        }
    }

    private async Task WriteFileAsync(string path)
    {
        var file = _folder.File("written.db");
        await GoldenStore.WriteAsync(new SqliteStore(TemporaryFolder.ConnectionString(file)));
        await using var from = File.OpenRead(file);
        await using var to = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        await from.CopyToAsync(to);
    }

    private async Task WriteDumpAsync(string path)
    {
        var database = await server.NewDatabaseAsync();
        await GoldenStore.WriteAsync(new PostgresStore(new PostgresSettings { ConnectionString = database }));
        var address = new Npgsql.NpgsqlConnectionStringBuilder(database);
        using var process = Process.Start(new ProcessStartInfo(
            "pg_dump", ["-h", address.Host!, "-p", $"{address.Port}", "-U", address.Username!, "--inserts", "--no-owner", "--no-privileges", address.Database!])
        {
            RedirectStandardOutput = true,
        })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        // Commands of psql are none of the server's.
        await File.WriteAllLinesAsync(path, lines.Where(static line => line.Length > 0 && line[0] != '\\' && !line.StartsWith("--", StringComparison.Ordinal)));
    }

    private static Stream Resource(string name) =>
        typeof(GoldenStoreTests).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"There is no golden file {name}.");

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "sessions.sln")))
            root = root.Parent ?? throw new InvalidOperationException("No sessions.sln above the tests.");
        return root.FullName;
    }
}
