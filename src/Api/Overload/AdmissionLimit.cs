namespace GuestSessions.Api.Overload;

/// <summary>
/// The maximum number of requests in flight, adapted by two signs of overload: most acknowledgements are slow, or new
/// requests wait for a thread. Each sign cuts the limit by a fifth. Each acknowledgement that is not slow raises it a little
/// while at least half of it is in use. Beyond its start value, only prompt acknowledgements raise it, and all others lower
/// it again. The less important a request, the smaller the part of the limit that it may use.
/// </summary>
/// <remarks>
/// One slow answer or one wait is no sign: disks hesitate, and memory is collected. If even the shortest wait of an interval
/// is long, there is a standing queue, as in CoDel (RFC 8289), which only adds latency. The queue of a remote silo shows
/// only in acknowledgements that are neither prompt nor slow; more requests would lengthen it and delay deliveries.
/// </remarks>
/// <param name="most">Upper bound of the limit.</param>
/// <param name="acknowledgementTarget">An acknowledgement that takes longer is slow.</param>
/// <param name="time">The clock.</param>
public sealed class AdmissionLimit(int most, TimeSpan acknowledgementTarget, TimeProvider time)
{
    /// <summary>
    /// Lower bound of the limit. Some requests have to run to notice a recovery, and fewer in parallel would save no time
    /// but only make commits smaller.
    /// </summary>
    private const int LeastInFlight = 80;

    private const int Start = 256;
    private const double Cut = 0.8;

    /// <summary>A prompt acknowledgement takes at most this part of the target: a slow disk, but no queue.</summary>
    private const double PromptShareOfTarget = 1.0 / 32;

    /// <summary>CoDel's value. It detects a standing queue long before a refusal has to wait for 50 ms.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(5);

    /// <summary>The period between decisions. Answers that were in flight at a cut tell nothing about the cut.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly int _least = Math.Min(LeastInFlight, most);
    private double _limit = Math.Min(Start, most);
    private int _inFlight;

    private long _began = time.GetTimestamp();
    private int _mostInFlight;
    private int _quick;
    private int _slow;
    private TimeSpan? _leastWait;

    public int Limit
    {
        get
        {
            lock (_lock)
                return (int)_limit;
        }
    }

    /// <summary>Whether the limit is at its lower bound.</summary>
    public bool IsAtLeast
    {
        get
        {
            lock (_lock)
                return _limit <= _least;
        }
    }

    /// <summary>Counts one more request in flight, if this part of the limit allows it.</summary>
    /// <param name="part">Part of the limit, from 0 to 1.</param>
    public bool TryEnter(double part)
    {
        lock (_lock)
        {
            if (_inFlight >= _limit * part)
                return false;
            _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
            return true;
        }
    }

    /// <summary>Whether <see cref="TryEnter"/> would succeed.</summary>
    public bool AdmitsAnother(double part)
    {
        lock (_lock)
            return _inFlight < _limit * part;
    }

    /// <summary>Whether the requests in flight are within this part; for a request that already counts.</summary>
    public bool HasCapacity(double part)
    {
        lock (_lock)
            return _inFlight <= _limit * part;
    }

    /// <summary>Ends a request in flight.</summary>
    /// <param name="acknowledged">How long its durable acknowledgement took; null if it was not one.</param>
    public void Leave(TimeSpan? acknowledged)
    {
        lock (_lock)
        {
            if (acknowledged is { } took)
                Acknowledged(took);
            _inFlight--;
        }
    }

    /// <summary>Reports how long new work currently waits for a thread.</summary>
    public void Waited(TimeSpan wait)
    {
        lock (_lock)
        {
            if (!(_leastWait < wait))
                _leastWait = wait;
            Judge();
        }
    }

    private void Acknowledged(TimeSpan took)
    {
        var isSlow = took > acknowledgementTarget;
        if (isSlow)
            _slow++;
        else
            _quick++;

        if (_limit > Start && took > PromptShareOfTarget * acknowledgementTarget)
            _limit = Math.Max(Start, _limit - (1 / _limit));
        else if (!isSlow && _inFlight * 2 > _limit)
            _limit = Math.Min(most, _limit + (1 / _limit));
        Judge();
    }

    private void Judge()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_began, now) < Interval)
            return;
        if (_slow > _quick || _leastWait > LongWait)
            _limit = Math.Max(_least, Math.Min(_limit, _mostInFlight) * Cut);
        _began = now;
        _mostInFlight = _inFlight;
        _quick = _slow = 0;
        _leastWait = null;
    }
}
