using System.Security.Cryptography;
using System.Text;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <param name="Folder">Where its data goes.</param>
/// <param name="SinkPort">Where it delivers to.</param>
/// <param name="InFlight">Requests it may have under way to the sink.</param>
/// <param name="Core">The one it has for itself; null lets the system choose among all.</param>
internal sealed record ContenderStart(string Folder, int SinkPort, int InFlight, int? Core = null)
{
    /// <summary>Variables of its environment beside those that every run needs.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>Connection string of an empty database in PostgreSQL; null for files of SQLite in the folder.</summary>
    public string? Database { get; init; }

    /// <summary>The same, with the journal in a database of PostgreSQL.</summary>
    public ContenderStart OnPostgres(string database) => this with { Database = database };
}

/// <summary>Something that takes events over HTTP, acknowledges them durably and delivers them.</summary>
/// <param name="Name">As the table calls it.</param>
internal sealed record Contender(string Name, Func<ContenderStart, Task<ChildProcess>> StartAsync)
{
    /// <summary>The all-in-one as it runs in production: keys, validation and limits on, no emulator.</summary>
    public static Contender Service(string silo) => new("Guest Sessions", start =>
    {
        var port = ChildProcess.FreePort();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(LoadConnection.Secret)));
        (string, string)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Urls", $"http://127.0.0.1:{port}"),
            ("Sessions__Tenants__bench__StreamApi__BaseUrl", $"http://127.0.0.1:{start.SinkPort}"),
            ("Sessions__Tenants__bench__StreamApi__AllowInsecure", "true"),
            ("Sessions__Tenants__bench__StreamApi__AllowPrivate", "true"),
            ("Sessions__Tenants__bench__StreamApi__ClientKey", "bench"),
            ("Sessions__Tenants__bench__PointsOfSale__0__Name", LoadConnection.PointOfSale),
            ("Sessions__Tenants__bench__Delivery__Concurrency", $"{start.InFlight}"),
            ("Sessions__Tenants__bench__ApiKeys__0__Id", "bench"),
            ("Sessions__Tenants__bench__ApiKeys__0__SecretSha256", hash),
            ("Sessions__Tenants__bench__ApiKeys__0__Scopes__0", "ingest"),
            .. start.Database is { } database
                ? [("Sessions__Storage__Provider", "Postgres"), ("Sessions__Storage__ConnectionString", database)]
                : Array.Empty<(string, string)>(),
            .. start.Variables,
        ];
        return start.Core is { } core
            ? ChildProcess.StartOnAsync(core, port, "/health/ready", start.Folder, [silo], settings)
            : ChildProcess.StartAsync(port, "/health/ready", start.Folder, [silo], settings);
    });

    public static Contender Baseline { get; } = new("IPersistentState", start =>
    {
        var port = ChildProcess.FreePort();
        return ChildProcess.StartAsync(
            port, "/health/ready", start.Folder,
            [
                typeof(Contender).Assembly.Location, "baseline", $"{port}", $"http://127.0.0.1:{start.SinkPort}",
                $"{start.InFlight}", start.Folder, .. start.Database is { } database ? [database] : Array.Empty<string>(),
            ]);
    });

    /// <summary>The least that any service must do for the same work; over PostgreSQL only.</summary>
    public static Contender Floor { get; } = new("floor", start =>
    {
        var port = ChildProcess.FreePort();
        return ChildProcess.StartAsync(
            port, "/health/ready", start.Folder,
            [
                typeof(Contender).Assembly.Location, "floor", $"{port}", $"http://127.0.0.1:{start.SinkPort}",
                $"{start.InFlight}", start.Database ?? throw new ArgumentException("The floor needs PostgreSQL.", nameof(start)),
            ]);
    });
}
