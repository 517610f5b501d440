using GuestSessions.Core.Delivery;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The upstream as one process sees it: through a circuit of its own, and never with more under way than its gate allows.
/// </summary>
internal sealed class SimulatedConnections(World world) : IStreamClient
{
    private const int FailuresToOpen = 4;
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private int _underWay;
    private int _failures;
    private bool _probing;
    private DateTimeOffset? _openUntil;

    public Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation) => GuardedAsync(
        () => world.Upstream.SendAsync(request, cancellation), static report => report.Outcome, static report => report);

    public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation) => GuardedAsync(
        () => world.Upstream.CreateBrowserIdAsync(tenant, cancellation),
        static report => report.Attempt.Outcome, static report => new BrowserIdReport(null, null, report));

    public CircuitStatus Circuit(string tenant)
    {
        if (_openUntil is not { } until)
            return default;
        var left = until - world.Time.GetUtcNow();
        return _probing
            ? new CircuitStatus(CircuitState.HalfOpen, TimeSpan.Zero)
            : new CircuitStatus(CircuitState.Open, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task<T> GuardedAsync<T>(
        Func<Task<T>> call, Func<T, AttemptOutcome> outcomeOf, Func<AttemptReport, T> refusal)
    {
        if (_openUntil is { } until && (_probing || until > world.Time.GetUtcNow()))
            return refusal(new AttemptReport { Outcome = AttemptOutcome.Unsent, Error = "circuit_open" });
        _probing = _openUntil is not null;
        if (++_underWay > world.Options.Delivery.InFlight)
            world.Overruns++;
        var result = await call();
        _underWay--;
        Learn(outcomeOf(result));
        return result;
    }

    private void Learn(AttemptOutcome outcome)
    {
        var failed = outcome is AttemptOutcome.NotApplied or AttemptOutcome.InDoubt
            || (_probing && outcome == AttemptOutcome.Unsent);
        _failures = failed ? _failures + 1 : 0;
        _openUntil = _probing && failed || _failures >= FailuresToOpen ? world.Time.GetUtcNow() + Break
            : _probing ? null
            : _openUntil;
        if (_openUntil is not null && _failures >= FailuresToOpen)
            world.CircuitsOpened++;
        _probing = false;
    }
}
