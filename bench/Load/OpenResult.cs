using System.Collections.Concurrent;
using System.Diagnostics;

namespace GuestSessions.Bench.Load;

/// <summary>The answers of a stretch of open load.</summary>
internal sealed class OpenResult(TimeSpan time)
{
    private const int Accepted = 202;

    private readonly ConcurrentQueue<double> _acknowledged = [];
    private readonly ConcurrentQueue<double> _refused = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _unsent;
    private int _inTime;

    public int Refused => _refused.Count;

    /// <summary>What the load could not send for want of a connection.</summary>
    public int Unsent => _unsent;

    /// <summary>Within the time; what was still under way then does not count.</summary>
    public double PerSecond => _inTime / time.TotalSeconds;

    /// <summary>Milliseconds from the request to its acknowledgement.</summary>
    public double AcknowledgedMs(double share) => At(_acknowledged, share);

    /// <summary>Milliseconds from the request to its refusal.</summary>
    public double RefusedMs(double share) => At(_refused, share);

    public void FoundNoConnection() => _unsent++;

    public void Answered(int status, TimeSpan after)
    {
        (status == Accepted ? _acknowledged : _refused).Enqueue(after.TotalMilliseconds);
        if (status == Accepted && Stopwatch.GetElapsedTime(_started) < time)
            Interlocked.Increment(ref _inTime);
    }

    private static double At(ConcurrentQueue<double> latencies, double share)
    {
        var sorted = latencies.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
