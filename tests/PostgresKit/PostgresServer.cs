using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GuestSessions.PostgresKit;

/// <summary>
/// A real PostgreSQL server of the tests' own: on loopback, in a temporary folder, with fsync on. It can be
/// stopped or killed and started again over what it left, at the same address; it ends with the tests.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // Below the ports that the system gives to outgoing connections: still free after a restart.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;

    private readonly int _port;
    private readonly Lazy<Task<string>> _shared;
    private int _names;

    public PostgresServer()
        : this(FreePort())
    {
    }

    private PostgresServer(int port) => (_port, _shared) = (port, new Lazy<Task<string>>(NewDatabaseAsync));

    /// <summary>Where its files lie; deleted with it.</summary>
    public DirectoryInfo Folder { get; init; } = Directory.CreateTempSubdirectory("postgres-");

    /// <summary>An address of this machine that it listens on beside loopback, for the /24 around it.</summary>
    public string? Address { get; init; }

    public async ValueTask InitializeAsync() => await StartAsync();

    public Task StartAsync() =>
        ScriptAsync(Address, "start", Folder.FullName, Text(_port), Text(Environment.ProcessId));

    /// <summary>
    /// Makes a copy of this server that follows it: a standby.
    /// </summary>
    /// <param name="name">By which the primary knows it.</param>
    /// <param name="inPlaceOf">A server that is gone, whose port it gets; null for a port of its own.</param>
    public async Task<PostgresServer> NewStandbyAsync(string name, PostgresServer? inPlaceOf = null)
    {
        var standby = new PostgresServer(inPlaceOf?._port ?? FreePort());
        await ScriptAsync(
            Address, "standby", standby.Folder.FullName, Text(standby._port), Text(_port), name, Text(Environment.ProcessId));
        return standby;
    }

    /// <summary>Makes a standby a primary.</summary>
    public Task PromoteAsync() => ScriptAsync(Address, "promote", Folder.FullName);

    /// <summary>Keeps the log of this server from now on, for <see cref="RestoreAsync"/>; starts it again.</summary>
    public Task ArchiveAsync() => ScriptAsync(Address, "archive", Folder.FullName);

    /// <summary>Makes a base backup of this server, which is no server yet.</summary>
    public async Task<PostgresServer> BackUpAsync()
    {
        var backup = new PostgresServer();
        await ScriptAsync(Address, "backup", backup.Folder.FullName, Text(_port));
        return backup;
    }

    /// <summary>
    /// Starts this base backup as a server that stands as the one it was made of stood at <paramref name="time"/>.
    /// </summary>
    /// <param name="lost">Which has committed something since that time.</param>
    public async Task RestoreAsync(PostgresServer lost, DateTimeOffset time)
    {
        // What is in the last piece of the log is kept once that piece is closed.
        var last = (await ReadAsync<string>(lost.ConnectionString("postgres"), "SELECT pg_walfile_name(pg_switch_wal())"))[0];
        await Eventually.TrueAsync(
            async () => (await ReadAsync<bool>(
                lost.ConnectionString("postgres"), $"SELECT coalesce(last_archived_wal >= '{last}', false) FROM pg_stat_archiver")) is [true],
            what: $"{last} is archived");
        await ScriptAsync(
            Address, "restore", Folder.FullName, Text(_port), Path.Combine(lost.Folder.FullName, "archive"),
            time.ToString("O", CultureInfo.InvariantCulture), Text(Environment.ProcessId));
    }

    /// <summary>Sets from now on whose copy a commit waits for.</summary>
    /// <param name="names">As in <c>synchronous_standby_names</c>; empty for none.</param>
    public async Task WaitForStandbysAsync(string names)
    {
        await ExecuteAsync(ConnectionString("postgres"), $"ALTER SYSTEM SET synchronous_standby_names = '{names}'");
        await ExecuteAsync(ConnectionString("postgres"), "SELECT pg_reload_conf()");
    }

    /// <summary>Whether a standby follows this server and has everything.</summary>
    public async Task<bool> IsFollowedAsync() => (await ReadAsync<long>(
        ConnectionString("postgres"),
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND flush_lsn = pg_current_wal_flush_lsn()"))[0] > 0;

    /// <summary>The connection string of whichever of the two servers takes writes.</summary>
    public string ConnectionStringWith(PostgresServer other, string database) =>
        $"Host=127.0.0.1:{Text(_port)},127.0.0.1:{Text(other._port)};Username=sessions;Database={database}";

    /// <summary>Stops all its processes where they are, or lets them go on.</summary>
    public void Freeze(bool isFrozen)
    {
        if (!IsRunning)
            return;
        var first = File.ReadLines(PidFile).First();
        var signal = isFrozen ? "-STOP" : "-CONT";
        foreach (var arguments in new[] { new[] { signal, "--parent", first }, [signal, "--pidfile", PidFile] })
            Process.Start("pkill", arguments)!.WaitForExit();
    }

    private string PidFile => Path.Combine(Folder.FullName, "data", "postmaster.pid");

    /// <summary>Whether its first process is there: a server that cannot write its log ends.</summary>
    public bool IsRunning
    {
        get
        {
            var file = new FileInfo(PidFile);
            return file.Exists && Directory.Exists($"/proc/{File.ReadLines(file.FullName).First()}");
        }
    }

    /// <summary>Stops it; does nothing when it does not run.</summary>
    public Task StopAsync(PostgresStop how = PostgresStop.Fast) =>
        ScriptAsync(Address, "stop", Folder.FullName, how.ToString().ToLowerInvariant());

    /// <summary>
    /// Makes an empty schema in a database that sorts as people do, as many servers in the field. Cheaper than a
    /// database of its own, and the same to whoever connects.
    /// </summary>
    public async Task<string> NewSchemaAsync()
    {
        var database = await _shared.Value;
        var name = NextName();
        await ExecuteAsync(database, $"CREATE SCHEMA {name}");
        return $"{database};Search Path={name}";
    }

    /// <summary>Makes an empty database that sorts as people do.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = NextName();
        await ExecuteAsync(
            ConnectionString("postgres"),
            $"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host={Address ?? "127.0.0.1"};Port={_port};Username=sessions;Database={database}";

    /// <summary>Runs statements on a connection of their own.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads the first column of what a query answers, on a connection of its own.</summary>
    public static async Task<List<T>> ReadAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
            values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(PostgresStop.Immediate);
        Folder.Delete(recursive: true);
    }

    private string NextName() => $"test_{Interlocked.Increment(ref _names)}";

    private static async Task ScriptAsync(string? address, params string[] arguments)
    {
        var start = new ProcessStartInfo(Script(), arguments) { RedirectStandardError = true };
        start.Environment["POSTGRES_ADDRESS"] = address;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"scripts/postgres.sh {arguments[0]}: {errors}");
    }

    private static string Script()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "sessions.sln")))
            root = root.Parent ?? throw new InvalidOperationException("No sessions.sln above the tests.");
        return Path.Combine(root.FullName, "scripts", "postgres.sh");
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's: try another.
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
