using System.Diagnostics.Metrics;

namespace GuestSessions.Storage.Tests.Kit;

internal sealed class TestMeters : IMeterFactory
{
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public void Dispose()
    {
    }
}
