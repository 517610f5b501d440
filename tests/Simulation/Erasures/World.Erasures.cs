using GuestSessions.Simulation.Tests.Erasures;

namespace GuestSessions.Simulation.Tests;

internal sealed partial class World
{
    /// <summary>A guest that is erased in the midst of it all; null in the lives without one.</summary>
    public SimulatedSubject? Subject { get; private set; }

    private void BeginErasing() => _outside.Enter(() =>
    {
        if (Random.Next(3) != 0)
            return;
        Subject = new SimulatedSubject(this, Random.Next(3, 12));
        _ = Subject.RunAsync();
    });
}
