namespace GuestSessions.Simulation.Tests;

/// <summary>
/// One thread that runs everything, in an order the seed chooses. Code under test is production code: its awaits come
/// back here because its context is a <see cref="SimulatedProcess"/>.
/// </summary>
internal sealed class SeededScheduler(Random random)
{
    private readonly List<(SimulatedProcess Process, SendOrPostCallback Work, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private string? _left;

    public void Post(SimulatedProcess process, SendOrPostCallback work, object? state)
    {
        // The same seed would no longer be the same life.
        if (Environment.CurrentManagedThreadId != _thread)
            _left = Environment.StackTrace;
        _ready.Add((process, work, state));
    }

    /// <summary>Runs one thing that is ready.</summary>
    /// <returns>False when nothing is.</returns>
    public bool RunOne()
    {
        // A dead process runs nothing more; a stopped one keeps its work until it is continued.
        _ready.RemoveAll(static item => item.Process.IsDead);
        var runnable = _ready.Count(static item => !item.Process.IsStopped);
        if (runnable == 0)
            return false;
        var chosen = random.Next(runnable);
        var index = _ready.FindIndex(item => !item.Process.IsStopped && chosen-- == 0);
        var (process, work, state) = _ready[index];
        _ready.RemoveAt(index);
        process.Enter(() => work(state));
        return true;
    }

    /// <exception cref="InvalidOperationException">Code under test went on in another thread.</exception>
    public void RunAll()
    {
        while (RunOne())
        {
        }

        if (_left is { } left)
            throw new InvalidOperationException($"The simulation lost its grip: {left}");
    }
}
