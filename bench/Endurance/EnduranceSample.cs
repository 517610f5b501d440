using System.Globalization;
using Npgsql;

namespace GuestSessions.Bench.Endurance;

/// <summary>How it stands at one instant of the run.</summary>
/// <param name="Seconds">Since the load began.</param>
/// <param name="Resident">Bytes of the service's process in memory.</param>
/// <param name="Heap">Bytes that the garbage collector committed, from <c>/metrics</c>.</param>
/// <param name="Guests">Guests in the service's memory, from <c>/metrics</c>.</param>
/// <param name="Stored">Bytes of the database.</param>
internal sealed record EnduranceSample(
    double Seconds, long Acknowledged, long Delivered, long Resident, double Heap, double Guests, long Stored)
{
    public const string Columns = "seconds,acknowledged,delivered,resident_bytes,heap_bytes,guests,stored_bytes";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Seconds:0},{Acknowledged},{Delivered},{Resident},{Heap:0},{Guests:0},{Stored}");
}

/// <summary>Asks the service and its database for a sample.</summary>
internal sealed class EnduranceProbe(ChildProcess service, int metricsPort, string database) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{metricsPort}") };

    public async Task<EnduranceSample> SampleAsync(double seconds, long acknowledged, long delivered)
    {
        var metrics = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var size = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        var stored = (long)(await size.ExecuteScalarAsync())!;
        return new EnduranceSample(
            seconds, acknowledged, delivered, service.ResidentBytes,
            Sum(metrics, "dotnet_gc_last_collection_memory_committed_size_bytes"), Sum(metrics, "sessions_guests_resident"), stored);
    }

    public void Dispose() => _http.Dispose();

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' ')
        .Sum(static line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
