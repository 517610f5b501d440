using System.Diagnostics;

namespace GuestSessions.Bench.Load;

/// <summary>The answers of one stretch of load.</summary>
internal sealed class Phase(Func<int, string> guestOf, int workers)
{
    public const int Accepted = 202;

    private readonly List<double>[] _latencies = [.. Enumerable.Range(0, workers).Select(static _ => new List<double>())];
    private readonly TaskCompletionSource _firstRefusal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _refused;

    public Func<int, string> GuestOf { get; } = guestOf;

    public Task FirstRefusal => _firstRefusal.Task;

    public void Answered(int worker, int status, TimeSpan after)
    {
        if (status == Accepted)
        {
            lock (_latencies[worker])
                _latencies[worker].Add(after.TotalMilliseconds);
            return;
        }

        Interlocked.Increment(ref _refused);
        _firstRefusal.TrySetResult();
    }

    /// <summary>What was answered until now; answers still under way do not count.</summary>
    public LoadResult End()
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        List<double> all = [];
        foreach (var latencies in _latencies)
        {
            lock (latencies)
                all.AddRange(latencies);
        }

        all.Sort();
        return new LoadResult(all.Count, elapsed, all.At(0.50), all.At(0.99), Interlocked.Read(ref _refused));
    }
}

/// <param name="Acknowledged">Events answered with 202.</param>
/// <param name="P50Ms">Latency of an acknowledgement.</param>
/// <param name="Refused">Answers other than 202.</param>
internal sealed record LoadResult(int Acknowledged, TimeSpan Elapsed, double P50Ms, double P99Ms, long Refused)
{
    public double PerSecond => Acknowledged / Elapsed.TotalSeconds;
}
