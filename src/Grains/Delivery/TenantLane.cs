using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// What a tenant's upstream allows on this silo: requests in flight, rate, <c>Retry-After</c>, circuit, and the pause
/// while the tenant looks misconfigured. Not thread-safe: used under the gate's lock.
/// </summary>
internal sealed class TenantLane(string tenant, TenantDeliveryOptions options, IStreamClient client, TimeProvider time)
{
    /// <summary>How often a paused tenant is tried with one event.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMinutes(1);

    /// <summary>Over this time refusals are weighed.</summary>
    private static readonly TimeSpan RefusalWindow = TimeSpan.FromMinutes(1);

    /// <summary>So few attempts say nothing about a tenant.</summary>
    private const int FewestAttempts = 20;

    private readonly Queue<(DateTimeOffset At, bool Refused)> _recent = new();
    private int _recentRefused;
    private DateTimeOffset _heldUntil;
    private DateTimeOffset? _probeAt;
    private bool _pausedByRefusals;
    private double _tokens = options.RatePerSecond;
    private DateTimeOffset _tokensAt = time.GetUtcNow();

    public string Tenant { get; } = tenant;

    public Queue<TaskCompletionSource<SendPermit>> Waiting { get; } = new();

    public int InFlight { get; private set; }

    public bool IsPaused => _probeAt is not null;

    /// <summary>Whether one more request may go now.</summary>
    /// <param name="held">Slots that the asker holds already.</param>
    public bool MayGo(int held = 0)
    {
        var now = time.GetUtcNow();
        var inFlight = InFlight - held;
        return inFlight < options.Concurrency
            && _heldUntil <= now
            && (_probeAt is not { } probeAt || (probeAt <= now && inFlight == 0))
            && (client.Circuit(Tenant) is not { State: not CircuitState.Closed } circuit
                || (circuit.RetryIn <= TimeSpan.Zero && inFlight == 0))
            && (options.RatePerSecond == 0 || Refill(now) >= 1);
    }

    /// <summary>When time alone may let the next request go; null when only a finished one can.</summary>
    public TimeSpan? NextChance()
    {
        var now = time.GetUtcNow();
        var wait = Longer(_heldUntil - now, (_probeAt ?? now) - now);
        wait = Longer(wait, client.Circuit(Tenant).RetryIn);
        if (options.RatePerSecond > 0)
            wait = Longer(wait, TimeSpan.FromSeconds((1 - Refill(now)) / options.RatePerSecond));
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
        if (options.RatePerSecond > 0)
            _tokens--;
        if (_probeAt is not null)
            _probeAt = time.GetUtcNow() + ProbeInterval;
    }

    /// <summary>Learns from an attempt, and tells what it was: many refusals in a row are the tenant's, not the event's.</summary>
    public AttemptReport Observe(AttemptReport report, out bool changed)
    {
        var wasPaused = IsPaused;
        if (report.RetryAfter is { } retryAfter && time.GetUtcNow() + retryAfter is var until && until > _heldUntil)
            _heldUntil = until;
        Weigh(report.Outcome);
        if (report.Outcome == AttemptOutcome.Refused && (MostAreRefused || _pausedByRefusals))
        {
            _pausedByRefusals = true;
            report = report with { Outcome = AttemptOutcome.Misconfigured };
        }

        if (report.Outcome == AttemptOutcome.Misconfigured)
            _probeAt ??= time.GetUtcNow() + ProbeInterval;
        else if (wasPaused && report.Outcome is (AttemptOutcome.Delivered or AttemptOutcome.Refused))
            Resume();
        changed = wasPaused != IsPaused;
        return report;
    }

    private bool MostAreRefused => _recent.Count >= FewestAttempts && _recentRefused * 2 > _recent.Count;

    private void Resume()
    {
        _probeAt = null;
        _pausedByRefusals = false;
        _recent.Clear();
        _recentRefused = 0;
    }

    private void Weigh(AttemptOutcome outcome)
    {
        if (outcome is AttemptOutcome.Unsent)
            return;
        var now = time.GetUtcNow();
        _recent.Enqueue((now, outcome == AttemptOutcome.Refused));
        _recentRefused += outcome == AttemptOutcome.Refused ? 1 : 0;
        while (_recent.Count > 10_000 || now - _recent.Peek().At > RefusalWindow)
            _recentRefused -= _recent.Dequeue().Refused ? 1 : 0;
    }

    private double Refill(DateTimeOffset now)
    {
        // A quarter of a second of burst: enough to keep a pool busy, too little to surprise the upstream.
        var burst = Math.Max(1, options.RatePerSecond / 4.0);
        var earned = Math.Max(0, (now - _tokensAt).TotalSeconds) * options.RatePerSecond;
        _tokens = Math.Min(burst, _tokens + earned);
        _tokensAt = now;
        return _tokens;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
