using GuestSessions.TestDoubles;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// A planted fault: setting the wall clock forward moves the uptime too, so that whatever waits or ages by it shows the step.
/// </summary>
internal sealed class JumpingUptime(SetClock machine) : TimeProvider
{
    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow();

    public override long GetTimestamp()
    {
        var step = machine.Offset > TimeSpan.Zero ? machine.Offset : TimeSpan.Zero;
        return machine.GetTimestamp() + (long)(step.TotalSeconds * TimestampFrequency);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
