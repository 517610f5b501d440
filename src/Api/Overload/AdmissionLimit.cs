using GuestSessions.Core.Options;

namespace GuestSessions.Api.Overload;

/// <summary>
/// How many requests may be under way, found by how long acknowledgements take: a little more while they are quick and the
/// room is used, a fifth less when they are slow. The less important a request, the smaller the part of it that it may fill.
/// </summary>
public sealed class AdmissionLimit(ApiOptions options, TimeProvider time)
{
    /// <summary>However slow it gets, so many may try: somebody has to find out that it is quick again.</summary>
    private const int Least = 16;

    private const int Start = 256;
    private const double Cut = 0.8;

    /// <summary>Answers that were on their way when the limit was cut say nothing about the cut.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private double _limit = Math.Min(Start, options.RequestsInFlight);
    private long _cutAt;
    private int _inFlight;

    public int Limit
    {
        get
        {
            lock (_lock)
                return (int)_limit;
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
            _inFlight++;
            return true;
        }
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
                Learn(took);
            _inFlight--;
        }
    }

    private void Learn(TimeSpan took)
    {
        if (took <= options.AcknowledgementTarget)
        {
            if (_inFlight * 2 > _limit)
                _limit = Math.Min(options.RequestsInFlight, _limit + (1 / _limit));
            return;
        }

        var now = time.GetTimestamp();
        if (_cutAt != 0 && time.GetElapsedTime(_cutAt, now) < Between)
            return;
        _cutAt = now;
        _limit = Math.Max(Least, Math.Min(_limit, _inFlight) * Cut);
    }
}
