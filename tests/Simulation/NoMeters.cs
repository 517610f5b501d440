using System.Diagnostics.Metrics;

namespace GuestSessions.TestDoubles;

/// <summary>
/// Meters that nobody listens to; shared by test projects as source. The runtime keeps each meter that is not disposed, with the
/// journal that its gauges look at: thousands of simulated lives would fill memory.
/// </summary>
internal sealed class NoMeters : IMeterFactory
{
    public static readonly NoMeters Instance = new();

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name);
        meter.Dispose();
        return meter;
    }

    public void Dispose()
    {
    }
}
