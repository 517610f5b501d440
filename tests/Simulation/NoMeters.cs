using System.Diagnostics.Metrics;

namespace GuestSessions.TestDoubles;

/// <summary>Meters that nobody listens to; shared by test projects as source.</summary>
internal sealed class NoMeters : IMeterFactory
{
    public static readonly NoMeters Instance = new();

    public Meter Create(MeterOptions options) => new(options.Name);

    public void Dispose()
    {
    }
}
