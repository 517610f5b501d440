using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>One contender in one round.</summary>
/// <param name="DeliveredPerSecond">Events that reached the sink.</param>
/// <param name="Processor">Processor time the contender used while it was measured.</param>
/// <param name="ResidentBytes">At the end.</param>
/// <param name="ReadyAfter">From the start of its process to its first answer.</param>
internal sealed record Measure(
    LoadResult Load, double DeliveredPerSecond, TimeSpan Processor, long ResidentBytes, TimeSpan ReadyAfter)
{
    public double Cores => Processor / Load.Elapsed;

    /// <summary>
    /// Processor time an acknowledged event: the figure that other load on the machine moves least.
    /// </summary>
    public double MicrosecondsPerEvent => Processor.TotalMicroseconds / Math.Max(1, Load.Acknowledged);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Load.PerSecond,7:N0} acked/s  {DeliveredPerSecond,7:N0} delivered/s  p50 {Load.P50Ms:N1} ms  p99 {Load.P99Ms:N1} ms  {MicrosecondsPerEvent:N0} µs/event  {Cores:N2} cores  {ResidentBytes >> 20} MB  refused {Load.Refused}");
}
