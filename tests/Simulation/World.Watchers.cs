namespace GuestSessions.Simulation.Tests;

internal sealed partial class World
{
    /// <summary>Who watches the first guest, from the beginning.</summary>
    public SimulatedWatcher Watcher { get; private set; } = null!;

    private void BeginWatching() => _outside.Enter(() =>
    {
        Watcher = new SimulatedWatcher(this, _clients[0].Guest);
        _ = Watcher.RunAsync();
    });
}
