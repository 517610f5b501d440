namespace GuestSessions.Api.Overload;

/// <summary>
/// The maximum number of requests in flight. Callers who wait for their answers are not refused while the answers come within
/// a tolerated latency, however many they are. Once most answers are late, the limit follows Little's law: the measured rate
/// of completed requests times a latency. The less important a request, the smaller the part of the limit that it may use.
/// </summary>
/// <remarks>
/// Patient callers and a crowd that keeps coming look alike until the tolerated latency is passed. From then on the limit is
/// for a short latency, so that refusals and deliveries do not wait behind the crowd. Now and then it is for the tolerated
/// latency, for as long as that: patient callers fit in, a crowd does not. A standing wait for a thread is a sign, too, because
/// a refusal waits in the same queue; the shortest wait of an interval tells it from a hesitation, as in CoDel (RFC 8289).
/// ADR 31 compares this law with others.
/// </remarks>
/// <param name="most">Upper bound of the limit.</param>
/// <param name="tolerated">The latency of an acknowledgement that callers tolerate.</param>
/// <param name="time">The clock.</param>
public sealed class AdmissionLimit(int most, TimeSpan tolerated, TimeProvider time)
{
    /// <summary>
    /// Lower bound of the limit. Some requests have to run to notice a recovery, and fewer in parallel would save no time
    /// but only make commits smaller.
    /// </summary>
    private const int LeastInFlight = 80;

    /// <summary>The latency under overload, by the tolerated one.</summary>
    private const double ShortShare = 0.3;

    /// <summary>How fast the limit rises again in an interval after long waits have lowered it.</summary>
    private const double Growth = 1.25;

    /// <summary>Intervals of overload until patient callers are looked for; twice as many after each time in vain.</summary>
    private const int FirstTrial = 10, LatestTrial = 40;

    /// <summary>A wait for a thread that leaves a refusal time to be answered within 50 ms.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(10);

    /// <summary>The period between decisions.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly int _least = Math.Min(LeastInFlight, most);
    private readonly CompletionRate _rate = new();

    private double _limit = most;
    private int _inFlight;
    private State _state;
    private int _trialIn;
    private int _trialAfter = FirstTrial;
    private int _trialLeft;
    private bool _wasOverloaded;
    private TimeSpan _waitBefore;

    // Of the current interval:
    private long _began = time.GetTimestamp();
    private int _mostInFlight;
    private double _mostOfLimit;
    private int _completed;
    private int _acknowledged;
    private int _late;
    private bool _wasFull;
    private TimeSpan? _leastWait;

    private enum State
    {
        /// <summary>There is no sign of overload; only the upper bound applies.</summary>
        Open,

        /// <summary>The limit is for a short latency.</summary>
        Short,

        /// <summary>The limit is for the tolerated latency, for as long as that.</summary>
        Trial,
    }

    public int Limit
    {
        get
        {
            lock (_lock)
                return (int)_limit;
        }
    }

    public int InFlight
    {
        get
        {
            lock (_lock)
                return _inFlight;
        }
    }

    /// <summary>Whether so few requests are in flight that no limit would refuse them.</summary>
    public bool HasFew
    {
        get
        {
            lock (_lock)
                return _inFlight <= _least;
        }
    }

    /// <summary>Counts one more request in flight, if this part of the limit allows it.</summary>
    /// <param name="part">Part of the limit, above 0 and up to 1.</param>
    public bool TryEnter(double part)
    {
        lock (_lock)
        {
            if (!Admits(_inFlight + 1, part))
                return false;
            _inFlight++;
            if (_inFlight > _mostInFlight)
                _mostInFlight = _inFlight;
            if (_inFlight > _mostOfLimit * part)
                _mostOfLimit = _inFlight / part;
            return true;
        }
    }

    /// <summary>Whether <see cref="TryEnter"/> would succeed.</summary>
    public bool AdmitsAnother(double part)
    {
        lock (_lock)
            return Admits(_inFlight + 1, part);
    }

    /// <summary>Whether the requests in flight are within this part; for a request that already counts.</summary>
    public bool HasCapacity(double part)
    {
        lock (_lock)
            return Admits(_inFlight, part);
    }

    /// <summary>Ends a request in flight.</summary>
    /// <param name="acknowledged">How long its durable acknowledgement took; null if it was not one.</param>
    public void Leave(TimeSpan? acknowledged)
    {
        lock (_lock)
        {
            _inFlight--;
            _completed++;
            if (acknowledged is not { } took)
                return;
            _acknowledged++;
            if (took > tolerated)
                _late++;
        }
    }

    /// <summary>Reports how long new work currently waits for a thread; the limit is decided on here. Call it often.</summary>
    public void Waited(TimeSpan wait)
    {
        lock (_lock)
        {
            if (!(_leastWait < wait))
                _leastWait = wait;
            var now = time.GetTimestamp();
            var elapsed = time.GetElapsedTime(_began, now);
            if (elapsed < Interval)
                return;
            _rate.Add(_completed, elapsed);
            Decide(StandingWait(_leastWait.Value));
            Begin(now);
        }
    }

    private bool Admits(int inFlight, double part)
    {
        // The first that is too many is not: with a limit of 16, a part of 0.8 admits 13.
        if (inFlight - 1 < _limit * part)
            return true;
        _wasFull = true;
        return false;
    }

    /// <summary>Where everything stood still, an interval has one wait only, so two intervals count.</summary>
    private TimeSpan StandingWait(TimeSpan leastWait)
    {
        var standing = leastWait < _waitBefore ? leastWait : _waitBefore;
        _waitBefore = leastWait;
        return standing;
    }

    private void Decide(TimeSpan wait)
    {
        var isMany = _mostInFlight > _least; // Otherwise no limit would change anything.
        var isLate = _late * 2 > _acknowledged || (_completed == 0 && _inFlight > 0);
        var isOverloaded = isMany && (isLate || wait > LongWait);
        var isSure = isOverloaded && (_wasOverloaded || wait > LongWait);
        _wasOverloaded = isOverloaded;
        switch (_state)
        {
            case State.Open when isSure:
            case State.Trial when isOverloaded || _wasFull:
                _trialAfter = _state == State.Open ? FirstTrial : Math.Min(LatestTrial, 2 * _trialAfter);
                _trialIn = _trialAfter;
                _state = State.Short;
                Limit(Math.Min(LimitFor(ShortShare), LimitForWait(wait)));
                break;
            case State.Short when _wasFull && --_trialIn > 0:
                Limit(Math.Min(LimitFor(ShortShare), Math.Min(LimitForWait(wait), _limit * Growth)));
                break;
            case State.Short when _wasFull:
                _state = State.Trial;
                _trialLeft = (int)Math.Ceiling(tolerated / Interval);
                Limit(Math.Min(LimitFor(1), LimitForWait(wait)));
                break;
            case State.Trial when --_trialLeft > 0:
                Limit(Math.Min(LimitFor(1), LimitForWait(wait)));
                break;
            case State.Short or State.Trial when !isOverloaded:
                _state = State.Open;
                _limit = most;
                break;
        }

        void Limit(double limit) => _limit = Math.Clamp(limit, _least, most);
    }

    /// <summary>Little's law, for the part of the limit that those who use it most may use.</summary>
    private double LimitFor(double shareOfTolerated) => _mostInFlight == 0
        ? _limit
        : _rate.Highest * tolerated.TotalSeconds * shareOfTolerated * _mostOfLimit / _mostInFlight;

    /// <summary>The queue for threads is as long as the requests in flight are many.</summary>
    private double LimitForWait(TimeSpan wait) => wait > TimeSpan.Zero ? _mostOfLimit * (LongWait / wait) : most;

    private void Begin(long now)
    {
        _began = now;
        _mostInFlight = _inFlight;
        _mostOfLimit = _inFlight;
        _completed = _acknowledged = _late = 0;
        _wasFull = false;
        _leastWait = null;
    }
}
