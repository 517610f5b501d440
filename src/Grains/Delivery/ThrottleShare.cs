using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A throttle's part in its tenant's delivery over all silos: its current terms, and what it has not reported yet.
/// Without a link to the tenant, as in tests, everything is allowed. Not thread-safe.
/// </summary>
internal sealed class ThrottleShare(TimeProvider time, TenantDeliveryOptions options)
{
    private bool _isShared;
    private TenantTerms? _terms;
    private long _turn;
    private long _termsAt;
    private TenantTrouble _raised;
    private int? _status;
    private bool _recovered;
    private int _sent;
    private int _publicSent;

    /// <summary>Whether there is something that the other silos should learn now.</summary>
    public bool HasReport { get; set; }

    public bool HasUnreportedTrouble => _raised != TenantTrouble.None || _recovered;

    /// <summary>Whether nothing may be sent: a person paused the tenant, or a pause cannot be ruled out.</summary>
    public bool IsStopped => _isShared && (HasLapsed || _terms!.Paused);

    /// <summary>Whether its terms have expired, or it has none yet.</summary>
    public bool HasLapsed => _isShared && !IsFresh;

    /// <summary>Whether a person paused the tenant; false when terms are missing.</summary>
    public bool IsPaused => _terms is { Paused: true };

    public bool CircuitOpen => _terms is { CircuitOpen: true };

    /// <summary>Whether this silo is the one that probes a tenant in trouble.</summary>
    public bool MayProbe => !_isShared || HasUnreportedTrouble || _terms is { MayProbe: true };

    /// <summary>Whether its part of the rate is still valid.</summary>
    public bool HasRate => !_isShared || options.RatePerSecond == 0 || (_terms is not null && time.GetElapsedTime(_termsAt) < _terms.RateFor);

    /// <summary>Whether refusals are attributed to the events for now.</summary>
    public bool IsForgiven => _terms is not null && time.GetElapsedTime(_termsAt) < _terms.Forgiven;

    private bool IsFresh => _terms is not null && time.GetElapsedTime(_termsAt) < TenantDelivery.TermsLife;

    public void Begin() => _isShared = true;

    /// <summary>Whether the terms predate the last pause or resumption that this silo knows.</summary>
    public bool IsOutdated(TenantTerms terms) => terms.Turn < _turn;

    public void Apply(TenantTerms terms, long asked) => (_terms, _termsAt, _turn) = (terms, asked, terms.Turn);

    /// <summary>Stops the tenant after a person paused it. Terms from before the pause no longer count.</summary>
    public void Stop(long turn)
    {
        if (turn < _turn)
            return;
        _turn = turn;
        _terms = _terms is null ? null : _terms with { Paused = true };
    }

    /// <summary>Counts a send.</summary>
    public void Note(bool isPublic)
    {
        _sent++;
        if (isPublic)
            _publicSent++;
    }

    public void Raise(TenantTrouble trouble, int? status)
    {
        (_raised, _status, _recovered) = (trouble, status, false);
        HasReport = true;
    }

    public void Recover()
    {
        (_raised, _status, _recovered) = (TenantTrouble.None, null, true);
        HasReport = true;
    }

    public TenantReport Take()
    {
        var report = new TenantReport
        {
            Raised = _raised,
            Status = _status,
            Recovered = _recovered,
            Sent = _sent,
            PublicSent = _publicSent,
        };
        (_raised, _status, _recovered, _sent, _publicSent) = (TenantTrouble.None, null, false, 0, 0);
        HasReport = false;
        return report;
    }

    public void PutBack(TenantReport report)
    {
        _sent += report.Sent;
        _publicSent += report.PublicSent;
        if (!HasUnreportedTrouble)
            (_raised, _status, _recovered) = (report.Raised, report.Status, report.Recovered);
    }
}
