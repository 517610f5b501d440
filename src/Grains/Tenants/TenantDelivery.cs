using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// One tenant's delivery over all silos: collects the report of each silo and gives each its terms. Its time is monotonic;
/// only times that are kept over restarts are absolute. Single-threaded, without I/O.
/// </summary>
/// <param name="stored">The stored state, or null.</param>
/// <param name="rate">Requests per second over all silos; 0 means no limit.</param>
/// <param name="boot">See <see cref="MachineBoot"/>.</param>
/// <param name="alone">Whether no other silo can exist, so that no earlier owner can have leased a rate.</param>
public sealed class TenantDelivery(TenantDeliveryRecord? stored, double rate, bool alone, TimeProvider time, Guid boot)
{
    /// <summary>A silo that reports nothing for this long loses its registration, probe and lease.</summary>
    public static readonly TimeSpan RegistrationLife = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long a silo may use its terms, from the moment of the request. After they expire, it sends nothing.
    /// </summary>
    public static readonly TimeSpan TermsLife = RegistrationLife;

    /// <summary>How often a tenant in trouble is tried with one event.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromMinutes(1);

    /// <summary>After a person resumed the tenant, refusals are attributed to the events for this long.</summary>
    public static readonly TimeSpan Forgiveness = TimeSpan.FromMinutes(10);

    /// <summary>A hold that grows by no more than this is not written.</summary>
    private static readonly TimeSpan Negligible = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Registration> _registrations = [];

    // Silos may still use terms of an earlier owner of this state, which this one does not know.
    private readonly TimeSpan _unknownTermsUntil = alone ? TimeSpan.Zero : TermsLife;
    private readonly long _start = time.GetTimestamp();
    private readonly RateLeases _leases = new(rate, RegistrationLife, alone ? TimeSpan.Zero : RegistrationLife);
    private TimeSpan _heldUntil = HoldOf(stored, ClockReading.Of(time, boot));
    private TimeSpan _forgivenUntil;
    private TimeSpan _nextProbe = stored is { Trouble: not TenantTrouble.None } ? ProbeInterval : TimeSpan.Zero;
    private string? _prober;

    /// <summary>The state to store. It is a new object after each change.</summary>
    public TenantDeliveryRecord Record { get; private set; } = stored ?? new TenantDeliveryRecord();

    private TimeSpan Now => time.GetElapsedTime(_start);

    private TimeSpan CircuitUntil =>
        _registrations.Values.Where(static registration => registration.CircuitOpen).Min(static registration => registration.CircuitUntil);

    private bool IsCircuitOpen => _registrations.Values.Any(static registration => registration.CircuitOpen);

    /// <summary>Takes a silo's report and returns its terms.</summary>
    /// <param name="changed">Whether the other silos must be notified.</param>
    public TenantTerms Take(string silo, TenantReport report, out bool changed)
    {
        var now = Now;
        LeaveSilent(now);
        var wasOpen = IsCircuitOpen;
        _registrations[silo] = new Registration(now + RegistrationLife, now + report.CircuitFor, report);
        if (silo == _prober)
            _nextProbe = now + report.ProbeIn;
        changed = Hold(report.Hold, now) | Raise(report, now) | Recover(report) | (wasOpen != IsCircuitOpen);
        var lease = rate > 0 ? _leases.Renew(silo, report.Rate, report.Demand, now) : default;
        return new TenantTerms
        {
            Paused = Record.Pause is not null,
            Hold = Left(_heldUntil, now),
            Trouble = Record.Trouble,
            CircuitOpen = IsCircuitOpen,
            MayProbe = MayProbe(silo),
            ProbeIn = Left(_nextProbe, now),
            Rate = lease.Rate,
            RateFor = lease.For,
            Forgiven = Left(_forgivenUntil, now),
            Turn = Record.Turn,
            Status = Record.TroubleStatus,
        };
    }

    public void Pause(ActMessage act) => Record = Record.Pause is null
        ? Record with { Pause = act.At(time.GetUtcNow()), Turn = Record.Turn + 1 }
        : Record;

    /// <summary>
    /// How long a silo other than the stopped ones may still send by terms from before a pause; zero when none may.
    /// </summary>
    /// <param name="stopped">Silos that have confirmed that they send nothing more.</param>
    public TimeSpan OthersMaySendFor(IReadOnlyCollection<string> stopped)
    {
        var registrations = _registrations.Where(registration => !stopped.Contains(registration.Key)).Select(static registration => registration.Value.Until);
        return Left(registrations.Append(_unknownTermsUntil).Max(), Now);
    }

    /// <summary>Number of requests that silos other than these had in flight at their last report.</summary>
    public int SentByOthers(IReadOnlyCollection<string> stopped) =>
        _registrations.Where(registration => !stopped.Contains(registration.Key)).Sum(static registration => registration.Value.Report.Sending);

    public void Resume()
    {
        _forgivenUntil = Now + Forgiveness;
        _nextProbe = Now;
        Record = Record with { Pause = null, Turn = Record.Turn + 1 };
        EndTrouble();
    }

    public TenantDeliveryView View()
    {
        LeaveSilent(Now);
        return new TenantDeliveryView
        {
            Pause = Record.Pause,
            Trouble = Record.Trouble,
            TroubleSince = Record.TroubleSince,
            TroubleStatus = Record.TroubleStatus,
            HeldUntil = Left(_heldUntil, Now) is { Ticks: > 0 } left ? time.GetUtcNow() + left : null,
            CircuitOpen = IsCircuitOpen,
            CircuitUntil = IsCircuitOpen ? time.GetUtcNow() + Left(CircuitUntil, Now) : null,
            Waiting = _registrations.Values.Sum(static registration => registration.Waiting),
            Silos = _registrations.Count,
            InFlight = _registrations.Values.Sum(static registration => registration.Report.Sending),
            NextProbe = Record.Trouble == TenantTrouble.None ? null : time.GetUtcNow() + Left(_nextProbe, Now),
        };
    }

    private bool Hold(TimeSpan hold, TimeSpan now)
    {
        var until = now + Capped(hold);
        if (hold <= TimeSpan.Zero || until - _heldUntil <= Negligible)
            return false;
        _heldUntil = until;
        var reading = ClockReading.Of(time, boot);
        Record = Record with
        {
            HeldUntil = reading.Now + Capped(hold),
            Hold = Capped(hold),
            Clock = reading.Clock,
        };
        return true;
    }

    private bool Raise(TenantReport report, TimeSpan now)
    {
        if (report.Raised == TenantTrouble.None || Record.Trouble != TenantTrouble.None)
            return false;
        _nextProbe = now + ProbeInterval;
        Record = Record with
        {
            Trouble = report.Raised,
            TroubleSince = time.GetUtcNow(),
            TroubleStatus = report.Status,
        };
        return true;
    }

    private bool Recover(TenantReport report)
    {
        if (!report.Recovered || Record.Trouble == TenantTrouble.None)
            return false;
        EndTrouble();
        return true;
    }

    private void EndTrouble()
    {
        if (Record.Trouble != TenantTrouble.None)
            Record = Record with { Trouble = TenantTrouble.None, TroubleSince = null, TroubleStatus = null };
    }

    /// <summary>
    /// One silo probes on behalf of all: one whose guests say most about the tenant. If the reason is an open circuit, it
    /// is a silo with that circuit.
    /// </summary>
    private bool MayProbe(string silo)
    {
        if (Record.Trouble == TenantTrouble.None && !IsCircuitOpen)
        {
            _prober = null;
            return false;
        }

        if (_prober is null || !_registrations.TryGetValue(_prober, out var registration) || !CanProbe(registration))
            _prober = CanProbe(_registrations[silo]) ? silo : null;
        return _prober == silo;
    }

    private bool CanProbe(Registration registration) => Qualifies(registration)
        && !_registrations.Values.Any(other => Qualifies(other) && other.Report.Rank > registration.Report.Rank);

    private bool Qualifies(Registration registration) => registration.Waiting > 0
        && (Record.Trouble != TenantTrouble.None || registration.CircuitOpen
        || !_registrations.Values.Any(static other => other is { CircuitOpen: true, Waiting: > 0 }));

    private void LeaveSilent(TimeSpan now)
    {
        foreach (var (silo, _) in _registrations.Where(registration => registration.Value.Until <= now).ToList())
            _registrations.Remove(silo);
    }

    /// <summary>The rest of a stored hold. It is never longer than the hold was.</summary>
    private static TimeSpan HoldOf(TenantDeliveryRecord? stored, ClockReading reading)
    {
        if (stored?.HeldUntil is not { } until)
            return TimeSpan.Zero;
        var clock = StateClock.GoOn(stored.Clock, until - stored.Hold, reading);
        return Left(until - clock.At(reading.Uptime), TimeSpan.Zero);
    }

    private static TimeSpan Capped(TimeSpan hold) =>
        hold < DeliveryPolicy.LongestRetryAfter ? hold : DeliveryPolicy.LongestRetryAfter;

    private static TimeSpan Left(TimeSpan until, TimeSpan now) => until > now ? until - now : TimeSpan.Zero;

    private sealed record Registration(TimeSpan Until, TimeSpan CircuitUntil, TenantReport Report)
    {
        public int Waiting => Report.Waiting;
        public bool CircuitOpen => Report.CircuitOpen;
    }
}
