using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's limits on this silo: requests in flight, rate, <c>Retry-After</c>, circuit, and the pause while the tenant
/// is in trouble. It acts at once on its own observations, and on those of other silos as soon as it learns of them. All
/// its time is monotonic. Not thread-safe: used under the gate's lock.
/// </summary>
internal sealed partial class TenantThrottle(string tenant, TenantDeliveryOptions options, IStreamClient client, TimeProvider time)
{
    private readonly RefusalWeight _refusals = new(time);
    private readonly TokenBucket _tokens = new(time, options.RatePerSecond);
    private readonly ThrottleShare _share = new(time, options);
    private long _heldUntil = time.GetTimestamp();
    private long _probeAt = time.GetTimestamp();
    private long? _acceptedAt;
    private int? _troubleStatus;
    private bool _circuitWasOpen;
    private int _publicInFlight;

    public string Tenant { get; } = tenant;

    public WaitingGuests Waiting { get; } = new();

    public int InFlight { get; private set; }

    /// <summary>Of the requests in flight, the number that were sent.</summary>
    public int Sending { get; set; }

    public TenantTrouble Trouble { get; private set; }

    /// <summary>Whether nothing may be sent: a person paused the tenant, or no terms are valid.</summary>
    public bool IsStopped => _share.IsStopped;

    /// <summary>Whether the upstream's <c>Retry-After</c> is still active.</summary>
    public bool IsHeld => Left(_heldUntil) > TimeSpan.Zero;

    /// <summary>Whether one guest is tried on behalf of all guests.</summary>
    public bool IsProbing => Trouble != TenantTrouble.None || _share.CircuitOpen
        || client.Circuit(Tenant).State != CircuitState.Closed;

    /// <summary>Whether the upstream accepted an event within the last minute.</summary>
    public bool AcceptsEvents =>
        _acceptedAt is { } accepted && time.GetElapsedTime(accepted) < TenantDelivery.ProbeInterval;

    /// <summary>Whether the throttle has nothing that other silos need for now.</summary>
    public bool IsQuiet => InFlight == 0 && Waiting.Count == 0 && Trouble == TenantTrouble.None
        && !IsHeld;

    /// <summary>Whether there is something that the other silos should learn now.</summary>
    public bool HasReport => _share.HasReport;

    /// <summary>Whether a guest waits for terms that only the tenant can give: the probe, or a part of the rate.</summary>
    public bool NeedsTerms => !_share.HasRate || _share.HasLapsed
        || (!_share.MayProbe && (Trouble != TenantTrouble.None || client.Circuit(Tenant).State != CircuitState.Closed));

    /// <summary>From now on it sends by its tenant's terms, and sends nothing before it has them.</summary>
    public void Share() => _share.Begin();

    /// <summary>
    /// Maximum number of requests in flight for events that came with a public key, of <paramref name="requests"/>
    /// altogether. Content from strangers may make an upstream hang, so half of the requests stay free for backends.
    /// </summary>
    public static int PublicPart(int requests) => Math.Max(1, requests / 2);

    /// <summary>Whether a request for a public event may be sent now, if one for a backend's event may.</summary>
    public bool PublicMayGo => _publicInFlight < PublicPart(options.Concurrency);

    /// <summary>Whether one more request may be sent now.</summary>
    /// <param name="held">The permit that the caller already holds.</param>
    public bool MayGo(SendPermit? held = null)
    {
        var inFlight = InFlight - (held is null ? 0 : 1);
        var circuit = client.Circuit(Tenant);
        var isOpen = circuit.State != CircuitState.Closed || _share.CircuitOpen;
        return inFlight < options.Concurrency
            && !_share.IsStopped
            && !IsHeld
            && circuit.RetryIn <= TimeSpan.Zero
            && (!isOpen || (inFlight == 0 && _share.MayProbe))
            && (Trouble == TenantTrouble.None || (inFlight == 0 && _share.MayProbe && Left(_probeAt) <= TimeSpan.Zero))
            && (options.RatePerSecond == 0 || (_share.HasRate && _tokens.HasToken));
    }

    /// <summary>
    /// Time until waiting alone allows the next request; null when only a finished request or new terms can allow it.
    /// </summary>
    public TimeSpan? NextChance()
    {
        var wait = Longer(Left(_heldUntil), client.Circuit(Tenant).RetryIn);
        if (Trouble != TenantTrouble.None)
            wait = Longer(wait, Left(_probeAt));
        if (options.RatePerSecond > 0 && _tokens.NextToken is { } token)
            wait = Longer(wait, token);
        return wait > TimeSpan.Zero ? wait : null;
    }

    public void Enter(bool isPublic)
    {
        InFlight++;
        if (isPublic)
            _publicInFlight++;
        SpendToken(isPublic);
    }

    public void Leave(bool isPublic)
    {
        InFlight--;
        if (isPublic)
            _publicInFlight--;
    }

    public void SpendToken(bool isPublic)
    {
        _share.Note(isPublic);
        if (options.RatePerSecond > 0)
            _tokens.Spend();
        if (Trouble != TenantTrouble.None)
            _probeAt = In(TenantDelivery.ProbeInterval);
    }

    /// <summary>
    /// Takes the guest whose turn it is, or, while the tenant is probed, the guest that says most about it.
    /// </summary>
    public bool TryDequeue(bool publicMayGo, [NotNullWhen(true)] out WaitingGuest? guest) => IsProbing
        ? Waiting.TryTakeProbe(publicMayGo, out guest)
        : Waiting.TryDequeue(publicMayGo && PublicMayGo, out guest);

    /// <summary>
    /// Learns from an attempt and returns the corrected report: refusals of many guests are attributed to the tenant, not to
    /// the events. An event that came with a public key counts only for its own guest.
    /// </summary>
    public AttemptReport Observe(AttemptReport report, Witness witness)
    {
        if (witness.FromBackend ? !report.IsEventsOwn : report.Status is 429 or 503)
            Hold(report);
        NoteCircuit();
        if (witness.Counts && report.Outcome != AttemptOutcome.Unsent && !report.IsEventsOwn)
            _refusals.Add(witness.Guest, report.Outcome == AttemptOutcome.Refused);
        switch (report.Outcome)
        {
            case AttemptOutcome.Delivered:
                _acceptedAt = time.GetTimestamp();
                Recover();
                break;
            case AttemptOutcome.Misconfigured:
                Raise(TenantTrouble.Misconfigured, report.Status);
                break;
            case AttemptOutcome.Refused when witness.Counts && !report.IsEventsOwn && AreTenants:
                Raise(TenantTrouble.Refusals, report.Status);
                return report with { Outcome = AttemptOutcome.Misconfigured };
            case AttemptOutcome.Refused when witness.FromBackend && Trouble == TenantTrouble.Misconfigured:
                Recover();
                break;
            case AttemptOutcome.Refused when Trouble != TenantTrouble.None && InFlight == 1:
                // The probe said nothing about the tenant, so the next one need not wait.
                _probeAt = time.GetTimestamp();
                break;
        }

        return report;
    }

    /// <summary>Learns from a request for a browser id, which contains no event content.</summary>
    public void ObserveBrowserId(AttemptReport report)
    {
        Hold(report);
        NoteCircuit();
        if (report.Outcome == AttemptOutcome.Misconfigured)
            Raise(TenantTrouble.Misconfigured, report.Status);
        else if (report.Outcome == AttemptOutcome.Delivered && Trouble == TenantTrouble.Misconfigured)
            Recover();
    }

    /// <summary>Takes the report. Each observation is reported once.</summary>
    public TenantReport TakeReport()
    {
        var circuit = client.Circuit(Tenant);
        return _share.Take() with
        {
            Hold = Left(_heldUntil) is { Ticks: > 0 } hold ? hold : TimeSpan.Zero,
            CircuitOpen = circuit.State != CircuitState.Closed && (circuit.RetryIn > TimeSpan.Zero || Waiting.Count > 0),
            Waiting = Waiting.Count,
            PublicWaiting = Waiting.Count - Waiting.Backends,
            Rate = _share.HasRate ? _tokens.Rate : 0,
            ProbeIn = Left(_probeAt) is { Ticks: > 0 } probe ? probe : TimeSpan.Zero,
            Rank = IsProbing ? Waiting.BestRank : default,
            Sending = Sending,
            CircuitFor = circuit.RetryIn,
        };
    }

    /// <summary>Puts back a report that did not arrive.</summary>
    public void PutBack(TenantReport report) => _share.PutBack(report);

    /// <summary>Stops the tenant after a person paused it.</summary>
    /// <param name="turn">See <see cref="TenantTerms.Turn"/>.</param>
    public void Stop(long turn) => _share.Stop(turn);

    /// <summary>Applies the tenant's terms.</summary>
    /// <param name="asked">The timestamp from before the terms were requested.</param>
    public void Apply(TenantTerms terms, long asked)
    {
        if (_share.IsOutdated(terms))
            return;
        if (terms.Hold > Left(_heldUntil))
            _heldUntil = In(terms.Hold);
        if (options.RatePerSecond > 0)
            _tokens.Rate = terms.Rate;
        var wasProber = _share.MayProbe;
        _share.Apply(terms, asked);

        // Trouble that this silo saw after it sent the report is newer than the answer to the report.
        if (_share.HasUnreportedTrouble)
            return;
        if (terms.Trouble != TenantTrouble.None && (Trouble == TenantTrouble.None || !wasProber))
            _probeAt = In(terms.ProbeIn);
        if (terms.Trouble == TenantTrouble.None && Trouble != TenantTrouble.None)
            _refusals.Clear();
        (Trouble, _troubleStatus) = (terms.Trouble, terms.Status);
    }

    /// <summary>Whether refusals are now attributed to the tenant, not to the events.</summary>
    private bool AreTenants => !_share.IsForgiven && (Trouble == TenantTrouble.Refusals || _refusals.IsHeavy);

    private void Hold(AttemptReport report)
    {
        if (report.RetryAfter is not { } retryAfter || retryAfter <= Left(_heldUntil))
            return;
        _heldUntil = In(retryAfter);
        _share.HasReport = true;
    }

    private void NoteCircuit()
    {
        if (client.Circuit(Tenant).State != CircuitState.Closed == _circuitWasOpen)
            return;
        _circuitWasOpen = !_circuitWasOpen;
        _share.HasReport = true;
    }

    private void Raise(TenantTrouble trouble, int? status)
    {
        if (Trouble != TenantTrouble.None)
            return;
        (Trouble, _troubleStatus) = (trouble, status);
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
