namespace GuestSessions.Bench.Admission;

/// <summary>
/// The way of an event: threads that take it off the socket, a number of turns on threads, a group commit and an answer, then
/// its delivery, with an outcome in a commit of its own. The refusal waits for a thread as the event does.
/// </summary>
/// <param name="hasApiHost">The limit is at a host in front, and only the host behind it is scarce.</param>
internal sealed class SimulatedService(
    SimulatedTime time, Recording recording, Noise noise, ILaw law, Tally tally, bool hasApiHost)
{
    private const int Cores = 2;
    private const int MostDeliveries = 512;
    private const double UpstreamSeconds = 0.001;
    private const double ProbeSeconds = 0.01;

    /// <summary>An event's turns on threads: until the commit, after it, and for the delivery.</summary>
    private const int TurnsBefore = 4, TurnsAfter = 3, DeliveryTurns = 5;

    /// <summary>Shares of an event's processor time.</summary>
    private const double RefusalShare = 0.1, IngestShare = 0.6;

    private readonly Threads _front = new(time, Cores);
    private readonly Threads _silo = new(time, Cores);
    private readonly GroupCommit _store = new(time, () => recording.Commit(noise.Next()));
    private int _backlog;
    private int _delivering;

    private Threads Silo => hasApiHost ? _silo : _front;

    public void Start() => Probe();

    /// <summary>Posts an event.</summary>
    /// <param name="part">Part of the limit that its importance may use.</param>
    /// <param name="answered">Gets whether it was accepted.</param>
    public void Post(double part, Action<bool> answered)
    {
        var posted = time.Now;
        _front.Run(RefusalShare * Cpu(), () =>
        {
            if (!law.TryEnter(part))
            {
                tally.Refused(time.Now - posted);
                answered(false);
                return;
            }

            var entered = time.GetTimestamp();
            tally.Entered();
            Turns(TurnsBefore, IngestTurn, () => _store.Append(() => Turns(TurnsAfter, IngestTurn, () =>
            {
                law.Leave(time.GetElapsedTime(entered));
                tally.Acknowledged(time.Now - posted);
                answered(true);
                _backlog++;
                Deliver();
            })));
        });
    }

    public void StallStore(double seconds) => _store.Stall(seconds);

    public void Pause(double seconds)
    {
        _front.Pause(seconds);
        if (hasApiHost)
            _silo.Pause(seconds);
    }

    public void SlowDown(double times) => Silo.Slowness = times;

    private double IngestTurn => (IngestShare - (hasApiHost ? 0 : RefusalShare)) / (TurnsBefore + TurnsAfter);

    private double Cpu() => Cores / recording.PeakPerSecond * noise.Around1();

    private void Turns(int count, double share, Action done)
    {
        if (count == 0)
            done();
        else
            Silo.Run(share * Cpu(), () => Turns(count - 1, share, done));
    }

    private void Deliver()
    {
        const double Turn = (1 - IngestShare) / DeliveryTurns;
        while (_delivering < MostDeliveries && _backlog > 0)
        {
            _backlog--;
            _delivering++;
            Turns(2, Turn, () => time.After(UpstreamSeconds, () => Turns(2, Turn, () => _store.Append(() =>
                Turns(1, Turn, () =>
                {
                    _delivering--;
                    tally.Delivered();
                    Deliver();
                })))));
        }
    }

    private void Probe()
    {
        var asked = time.Now;
        _front.Run(0, () =>
        {
            law.Waited(TimeSpan.FromSeconds(time.Now - asked));
            tally.LimitIs(law.Limit);
            time.After(ProbeSeconds, Probe);
        });
    }
}
