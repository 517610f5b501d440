using System.Diagnostics.Metrics;

namespace GuestSessions.Grains.Telemetry;

/// <summary>
/// Meters that nobody listens to, for what is not the service's work: a rehearsal, a simulation. The runtime keeps each meter that
/// is not disposed, with the journal that its gauges look at: thousands of simulated lives would fill memory.
/// </summary>
public sealed class NoMeters : IMeterFactory
{
    public static readonly NoMeters Instance = new();

    private NoMeters()
    {
    }

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
