using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// What a tenant's upstream allows on this silo: requests in flight, rate, <c>Retry-After</c>, circuit, and the pause while
/// the tenant is in trouble. It acts on what it sees at once, and on what other silos saw when it hears of it. All its time
/// is monotonic. Not thread-safe: used under the gate's lock.
/// </summary>
internal sealed class TenantLane(string tenant, TenantDeliveryOptions options, IStreamClient client, TimeProvider time)
{
    private readonly RefusalWeight _refusals = new(time);
    private readonly TokenBucket _tokens = new(time, options.RatePerSecond);
    private readonly LaneShare _share = new(time, isLimited: options.RatePerSecond > 0);
    private long _heldUntil = time.GetTimestamp();
    private long _probeAt = time.GetTimestamp();
    private bool _circuitWasOpen;

    public string Tenant { get; } = tenant;

    public WaitingGuests Waiting { get; } = new();

    public int InFlight { get; private set; }

    public TenantTrouble Trouble { get; private set; }

    /// <summary>It may not matter to others for a while.</summary>
    public bool IsQuiet => InFlight == 0 && Waiting.Count == 0 && Trouble == TenantTrouble.None
        && Left(_heldUntil) <= TimeSpan.Zero;

    /// <summary>There is something the other silos should hear of now.</summary>
    public bool HasNews => _share.HasNews;

    /// <summary>A guest waits for what only the tenant can give: the probe, or a part of the rate.</summary>
    public bool NeedsTerms => !_share.HasRate
        || (!_share.MayProbe && (Trouble != TenantTrouble.None || client.Circuit(Tenant).State != CircuitState.Closed));

    /// <summary>From here on it sends by its tenant's terms, and nothing before it has them.</summary>
    public void Share() => _share.Begin();

    /// <summary>Whether one more request may go now.</summary>
    /// <param name="held">Slots that the asker holds already.</param>
    public bool MayGo(int held = 0)
    {
        var inFlight = InFlight - held;
        var circuit = client.Circuit(Tenant);
        var isOpen = circuit.State != CircuitState.Closed || _share.CircuitOpen;
        return inFlight < options.Concurrency
            && !_share.IsStopped
            && Left(_heldUntil) <= TimeSpan.Zero
            && circuit.RetryIn <= TimeSpan.Zero
            && (!isOpen || (inFlight == 0 && _share.MayProbe))
            && (Trouble == TenantTrouble.None || (inFlight == 0 && _share.MayProbe && Left(_probeAt) <= TimeSpan.Zero))
            && (options.RatePerSecond == 0 || (_share.HasRate && _tokens.HasToken));
    }

    /// <summary>When time alone may let the next request go; null when only a finished one or news can.</summary>
    public TimeSpan? NextChance()
    {
        var wait = Longer(Left(_heldUntil), client.Circuit(Tenant).RetryIn);
        if (Trouble != TenantTrouble.None)
            wait = Longer(wait, Left(_probeAt));
        if (options.RatePerSecond > 0 && _tokens.NextToken is { } token)
            wait = Longer(wait, token);
        return wait > TimeSpan.Zero ? wait : null;
    }

    public void Enter()
    {
        InFlight++;
        SpendToken();
    }

    public void Leave() => InFlight--;

    public void SpendToken()
    {
        _share.Sent++;
        if (options.RatePerSecond > 0)
            _tokens.Spend();
        if (Trouble != TenantTrouble.None)
            _probeAt = In(TenantDelivery.ProbeInterval);
    }

    /// <summary>
    /// Learns from an attempt, and tells what it was: many refusals in a row are the tenant's, not the event's.
    /// </summary>
    /// <param name="changed">There is trouble now that was not there before, or the other way round.</param>
    public AttemptReport Observe(AttemptReport report, out bool changed)
    {
        var before = Trouble;
        if (report.RetryAfter is { } retryAfter && retryAfter > Left(_heldUntil))
        {
            _heldUntil = In(retryAfter);
            _share.HasNews = true;
        }

        if (client.Circuit(Tenant).State != CircuitState.Closed != _circuitWasOpen)
        {
            _circuitWasOpen = !_circuitWasOpen;
            _share.HasNews = true;
        }

        _refusals.Add(report.Outcome);
        if (report.Outcome == AttemptOutcome.Refused && !_share.IsForgiven
            && (_refusals.IsHeavy || Trouble == TenantTrouble.Refusals))
        {
            Raise(TenantTrouble.Refusals, report.Status);
            report = report with { Outcome = AttemptOutcome.Misconfigured };
        }
        else if (report.Outcome == AttemptOutcome.Misconfigured)
            Raise(TenantTrouble.Misconfigured, report.Status);
        else if (report.Outcome is AttemptOutcome.Delivered or AttemptOutcome.Refused)
            Recover();
        changed = before != Trouble;
        return report;
    }

    /// <summary>What there is to tell, taken once.</summary>
    public TenantNews TakeNews()
    {
        var circuit = client.Circuit(Tenant);
        return _share.Take() with
        {
            Hold = Left(_heldUntil) is { Ticks: > 0 } hold ? hold : TimeSpan.Zero,
            CircuitOpen = circuit.State != CircuitState.Closed && (circuit.RetryIn > TimeSpan.Zero || Waiting.Any()),
            Waiting = Waiting.Any() ? Waiting.Count : 0,
            Rate = _share.HasRate ? _tokens.Rate : 0,
            ProbeIn = Left(_probeAt) is { Ticks: > 0 } probe ? probe : TimeSpan.Zero,
        };
    }

    /// <summary>Puts back what could not be told.</summary>
    public void PutBack(TenantNews news) => _share.PutBack(news);

    /// <summary>Takes its tenant's terms.</summary>
    /// <param name="asked">The timestamp from before they were asked for.</param>
    public void Apply(TenantTerms terms, long asked)
    {
        if (terms.Hold > Left(_heldUntil))
            _heldUntil = In(terms.Hold);
        if (options.RatePerSecond > 0)
            _tokens.Rate = terms.Rate;
        var wasProber = _share.MayProbe;
        _share.Apply(terms, asked);

        // What was seen here since the report was sent is newer than the answer to it.
        if (_share.HasUnreportedTrouble)
            return;
        if (terms.Trouble != TenantTrouble.None && (Trouble == TenantTrouble.None || !wasProber))
            _probeAt = In(terms.ProbeIn);
        if (terms.Trouble == TenantTrouble.None && Trouble != TenantTrouble.None)
            _refusals.Clear();
        Trouble = terms.Trouble;
    }

    private void Raise(TenantTrouble trouble, int? status)
    {
        if (Trouble != TenantTrouble.None)
            return;
        Trouble = trouble;
        _probeAt = In(TenantDelivery.ProbeInterval);
        _share.Raise(trouble, status);
    }

    private void Recover()
    {
        if (Trouble == TenantTrouble.None)
            return;
        Trouble = TenantTrouble.None;
        _refusals.Clear();
        _share.Recover();
    }

    private long In(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Left(long timestamp) => time.GetElapsedTime(time.GetTimestamp(), timestamp);

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
