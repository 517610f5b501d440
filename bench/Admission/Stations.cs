namespace GuestSessions.Bench.Admission;

/// <summary>Threads that take work from one queue, in order, as the thread pool does.</summary>
internal sealed class Threads(SimulatedTime time, int count)
{
    private readonly Queue<(double Seconds, Action Done)> _waiting = new();
    private int _busy;
    private double _pausedUntil;

    /// <summary>How many times as long as usual everything takes.</summary>
    public double Slowness { get; set; } = 1;

    public void Run(double seconds, Action done)
    {
        _waiting.Enqueue((seconds, done));
        Start();
    }

    /// <summary>Everything stands still for a time, as in a garbage collection.</summary>
    public void Pause(double seconds)
    {
        _pausedUntil = time.Now + seconds;
        time.After(seconds, Start);
    }

    private void Start()
    {
        while (_busy < count && time.Now >= _pausedUntil && _waiting.TryDequeue(out var work))
        {
            _busy++;
            time.After(work.Seconds * Slowness, () =>
            {
                _busy--;
                work.Done();
                Start();
            });
        }
    }
}

/// <summary>A store that writes everything that waits in one commit, two commits at a time.</summary>
internal sealed class GroupCommit(SimulatedTime time, Func<double> seconds)
{
    private const int MostInCommit = 1_000;
    private const int MostAtOnce = 2;

    private readonly Queue<Action> _waiting = new();
    private int _committing;
    private double _stalledUntil;

    public void Append(Action done)
    {
        _waiting.Enqueue(done);
        Commit();
    }

    /// <summary>No commit ends for a time.</summary>
    public void Stall(double duration)
    {
        _stalledUntil = time.Now + duration;
        time.After(duration, Commit);
    }

    private void Commit()
    {
        if (_committing == MostAtOnce || _waiting.Count == 0 || time.Now < _stalledUntil)
            return;
        _committing++;
        var commit = new List<Action>(Math.Min(_waiting.Count, MostInCommit));
        while (commit.Count < MostInCommit && _waiting.TryDequeue(out var done))
            commit.Add(done);
        time.After(seconds(), () =>
        {
            _committing--;
            commit.ForEach(static done => done());
            Commit();
        });
    }
}
