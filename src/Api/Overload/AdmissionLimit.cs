namespace GuestSessions.Api.Overload;

/// <summary>
/// How many requests may be under way, found by two signs of too many: most acknowledgements take long, or whatever arrives
/// waits for a thread behind what was let in. A fifth less at each sign, a little more with each acknowledgement that was
/// not slow, while the room is used; beyond where it starts only with prompt ones, and back again with each other. The less
/// important a request, the smaller the part of it that it may fill.
/// </summary>
/// <remarks>
/// One slow answer is no sign, nor is one wait: a disk hesitates, memory is collected. A wait that not even the quickest of
/// an interval escapes is a standing queue, as in CoDel (RFC 8289): it makes everything later and nothing more. The queue of
/// a silo elsewhere shows only in acknowledgements that are neither prompt nor slow: more would stand in it, in the way of
/// deliveries.
/// </remarks>
/// <param name="most">However quick it is.</param>
/// <param name="acknowledgementTarget">What takes longer is slow.</param>
/// <param name="time">The clock.</param>
public sealed class AdmissionLimit(int most, TimeSpan acknowledgementTarget, TimeProvider time)
{
    /// <summary>
    /// However slow it gets, so many may try: somebody has to find out that it is quick again, and fewer together would save
    /// no time, only fill commits less.
    /// </summary>
    private const int LeastInFlight = 80;

    private const int Start = 256;
    private const double Cut = 0.8;

    /// <summary>Prompt is what takes this part of the target at most: the commits of a slow disk, and no queue.</summary>
    private const double PromptShareOfTarget = 1.0 / 32;

    /// <summary>CoDel's own; a queue that gets no shorter is seen long before a refusal has to wait for 50 ms.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(5);

    /// <summary>What is judged together. Answers that were on their way when the limit was cut say nothing about the cut.</summary>
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

    /// <summary>Whether it can get no smaller.</summary>
    public bool IsAtLeast
    {
        get
        {
            lock (_lock)
                return _limit <= _least;
        }
    }

    /// <summary>Takes a place, if there is one for this part.</summary>
    /// <param name="part">Of the limit, from 0 to 1.</param>
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

    /// <summary>Whether <see cref="TryEnter"/> would let one in.</summary>
    public bool HasRoomForAnother(double part)
    {
        lock (_lock)
            return _inFlight < _limit * part;
    }

    /// <summary>Whether what is in flight leaves room for this part; for who has a place already.</summary>
    public bool HasRoom(double part)
    {
        lock (_lock)
            return _inFlight <= _limit * part;
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="acknowledged">How long a durable acknowledgement took; null when it was none.</param>
    public void Leave(TimeSpan? acknowledged)
    {
        lock (_lock)
        {
            if (acknowledged is { } took)
                Acknowledged(took);
            _inFlight--;
        }
    }

    /// <summary>Tells how long something new had to wait for a thread just now.</summary>
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
