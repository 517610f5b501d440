using System.Diagnostics.Metrics;

namespace GuestSessions.Simulation.Tests;

/// <summary>Meters that nobody listens to.</summary>
internal sealed class NoMeters : IMeterFactory
{
    public static readonly NoMeters Instance = new();

    public Meter Create(MeterOptions options) => new(options.Name);

    public void Dispose()
    {
    }
}
