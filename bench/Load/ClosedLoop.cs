using System.Diagnostics;

namespace GuestSessions.Bench.Load;

/// <summary>As many connections as told, each posting its next event as soon as the last one is answered.</summary>
internal sealed class ClosedLoop(int port, int connections, Func<int, string> guestOf)
{
    private readonly List<double>[] _latencies = [.. Enumerable.Range(0, connections).Select(_ => new List<double>())];
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private volatile bool _measuring;
    private volatile bool _stopped;
    private int _next;
    private long _refused;

    public async Task<LoadResult> RunAsync(TimeSpan warmUp, TimeSpan measured)
    {
        var workers = Enumerable.Range(0, connections).Select(WorkAsync).ToList();
        await Task.Delay(warmUp, TimeProvider.System);
        _measuring = true;
        var clock = Stopwatch.StartNew();
        await Task.Delay(measured, TimeProvider.System);
        _stopped = true;
        var elapsed = clock.Elapsed;
        await Task.WhenAll(workers);
        var all = _latencies.SelectMany(static latency => latency).Order().ToArray();
        return new LoadResult(
            all.Length / elapsed.TotalSeconds, At(all, 0.50), At(all, 0.99), Interlocked.Read(ref _refused));
    }

    private async Task WorkAsync(int worker)
    {
        using var connection = new LoadConnection();
        await connection.ConnectAsync(port);
        while (!_stopped)
        {
            var number = Interlocked.Increment(ref _next);
            var started = Stopwatch.GetTimestamp();
            var status = await connection.PostAsync(guestOf(number), $"{_run}-{number}");
            if (status != 202)
                Interlocked.Increment(ref _refused);
            else if (_measuring && !_stopped)
                _latencies[worker].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

/// <param name="PerSecond">Events acknowledged a second.</param>
/// <param name="MedianMs">Latency of an acknowledgement, p50.</param>
/// <param name="WorstMs">The same, p99.</param>
/// <param name="Refused">Answers other than 202, warm-up included.</param>
internal sealed record LoadResult(double PerSecond, double MedianMs, double WorstMs, long Refused);
