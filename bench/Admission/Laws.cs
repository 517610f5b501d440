using GuestSessions.Api.Overload;

namespace GuestSessions.Bench.Admission;

/// <summary>A law for the number of requests in flight, with the inputs that the service has.</summary>
internal interface ILaw
{
    double Limit { get; }

    bool TryEnter(double part);

    void Leave(TimeSpan took);

    /// <summary>How long work waits for a thread, every 10 ms.</summary>
    void Waited(TimeSpan wait);
}

/// <summary>The limit of the service itself.</summary>
internal sealed class ServiceLaw(TimeProvider time, TimeSpan tolerated) : ILaw
{
    private readonly AdmissionLimit _limit = new(4_096, tolerated, time);

    public double Limit => _limit.Limit;

    public bool TryEnter(double part) => _limit.TryEnter(part);

    public void Leave(TimeSpan took) => _limit.Leave(took);

    public void Waited(TimeSpan wait) => _limit.Waited(wait);
}

/// <summary>A law that only decides on a number.</summary>
internal abstract class NumberLaw(TimeProvider time, double start) : ILaw
{
    protected const double Least = 80, Most = 4_096;

    public double Limit { get; protected set; } = start;

    protected int InFlight { get; private set; }

    protected double Now => time.GetTimestamp() / (double)time.TimestampFrequency;

    public virtual bool TryEnter(double part)
    {
        if (InFlight >= Limit * part)
            return false;
        InFlight++;
        return true;
    }

    public virtual void Leave(TimeSpan took) => InFlight--;

    public virtual void Waited(TimeSpan wait)
    {
    }
}

/// <summary>Always the same number.</summary>
internal sealed class ConstantLaw(TimeProvider time, double limit) : NumberLaw(time, limit);

/// <summary>
/// The law of the service until now: from 256 by a fifth down when acknowledgements take over 2 s or threads are waited for
/// for 5 ms, up while they take 63 ms at most, and back where they take longer.
/// </summary>
internal sealed class FormerLaw(TimeProvider time) : NumberLaw(time, 256)
{
    private double _began;
    private double _leastWait = double.MaxValue;
    private int _most, _quick, _slow;

    public override bool TryEnter(double part)
    {
        if (!base.TryEnter(part))
            return false;
        _most = Math.Max(_most, InFlight);
        return true;
    }

    public override void Leave(TimeSpan took)
    {
        if (took.TotalSeconds > 2)
            _slow++;
        else
            _quick++;
        if (Limit > 256 && took.TotalSeconds > 2 / 32.0)
            Limit = Math.Max(256, Limit - (1 / Limit));
        else if (took.TotalSeconds <= 2 && InFlight * 2 > Limit)
            Limit = Math.Min(Most, Limit + (1 / Limit));
        base.Leave(took);
    }

    public override void Waited(TimeSpan wait)
    {
        _leastWait = Math.Min(_leastWait, wait.TotalSeconds);
        if (Now - _began < 0.2)
            return;
        if (_slow > _quick || _leastWait > 0.005)
            Limit = Math.Max(Least, Math.Min(Limit, _most) * 0.8);
        (_began, _most, _quick, _slow, _leastWait) = (Now, InFlight, 0, 0, double.MaxValue);
    }
}

/// <summary>
/// The gradient of the latency, as in Netflix' concurrency-limits (Gradient2): the long-term latency by the latest one, with
/// a tolerance of a half and room for a queue of the root of the limit.
/// </summary>
internal sealed class GradientLaw(TimeProvider time) : NumberLaw(time, 256)
{
    private double _began, _long, _sum;
    private int _count;

    public override void Leave(TimeSpan took)
    {
        base.Leave(took);
        _sum += took.TotalSeconds;
        _count++;
        if (Now - _began < 0.1)
            return;
        var latest = _sum / _count;
        _long = _long == 0 ? latest : _long + ((latest - _long) * 2 / 601);
        if (_long > 2 * latest)
            _long *= 0.95;
        var gradient = Math.Clamp(1.5 * _long / latest, 0.5, 1);
        if (InFlight * 2 > Limit || gradient < 1)
            Limit = Math.Clamp((0.8 * Limit) + (0.2 * ((gradient * Limit) + Math.Sqrt(Limit))), Least, Most);
        (_began, _sum, _count) = (Now, 0, 0);
    }
}

/// <summary>Little's law alone: the smoothed rate of completions times the tolerated latency, at all times.</summary>
internal sealed class LittleLaw(TimeProvider time, TimeSpan tolerated) : NumberLaw(time, 256)
{
    private double _began, _rate;
    private int _count;

    public override void Leave(TimeSpan took)
    {
        base.Leave(took);
        _count++;
    }

    public override void Waited(TimeSpan wait)
    {
        var elapsed = Now - _began;
        if (elapsed < 0.2)
            return;
        _rate += ((_count / elapsed) - _rate) * 0.3;
        Limit = Math.Clamp(_rate * tolerated.TotalSeconds, Least, Most);
        (_began, _count) = (Now, 0);
    }
}

/// <summary>
/// Little's law once most answers are late, and free growth otherwise: what the service does, without its short latency.
/// </summary>
internal sealed class LateLittleLaw(TimeProvider time, TimeSpan tolerated) : NumberLaw(time, Most)
{
    private readonly CompletionRate _rate = new();
    private double _began;
    private int _completed, _late;

    public override void Leave(TimeSpan took)
    {
        base.Leave(took);
        _completed++;
        if (took > tolerated)
            _late++;
    }

    public override void Waited(TimeSpan wait)
    {
        var elapsed = Now - _began;
        if (elapsed < 0.2)
            return;
        _rate.Add(_completed, TimeSpan.FromSeconds(elapsed));
        Limit = _late * 2 > _completed || (_completed == 0 && InFlight > 0)
            ? Math.Clamp(_rate.Highest * tolerated.TotalSeconds, Least, Limit)
            : Math.Min(Most, Limit * 1.25);
        (_began, _completed, _late) = (Now, 0, 0);
    }
}

/// <summary>CoDel on the wait for a thread: refuses while even the shortest wait of the last 100 ms was over 5 ms.</summary>
internal sealed class DelayLaw(TimeProvider time) : NumberLaw(time, Most)
{
    private double _shortAt;

    public override void Waited(TimeSpan wait)
    {
        if (wait.TotalSeconds <= 0.005)
            _shortAt = Now;
        Limit = Now - _shortAt > 0.1 ? Least : Most;
    }
}
