using System.Text.Json;
using GuestSessions.Core.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests.Outages;

/// <summary>
/// An upstream that is there or is not, behind a circuit like production's, and refuses poison. It logs what arrives, and
/// every try.
/// </summary>
internal sealed class PlainUpstream(FakeTimeProvider time, Random random) : IStreamClient
{
    private const int FailuresToOpen = 20;

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private int _failures;
    private int _underWay;
    private bool _probing;
    private DateTimeOffset? _openUntil;

    public bool IsDown { get; set; }

    /// <summary>The longest an answer takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(50);

    public int MostUnderWay { get; private set; }

    /// <summary>When each request was made, whatever became of it.</summary>
    public List<DateTimeOffset> Tries { get; } = [];

    /// <summary>What was taken, by guest and number, and when.</summary>
    public List<(string Guest, int Number, DateTimeOffset At)> Taken { get; } = [];

    public async Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation)
    {
        if (Circuit(request.Tenant).State != CircuitState.Closed && (_probing || _openUntil > time.GetUtcNow()))
            return new AttemptReport { Outcome = AttemptOutcome.Unsent };
        _probing = _openUntil is not null;
        Tries.Add(time.GetUtcNow());
        MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, (int)Latency.TotalMilliseconds)), time, cancellation);
        _underWay--;
        var outcome = IsDown ? AttemptOutcome.NotApplied : Take(request);
        Learn(outcome);
        return new AttemptReport { Outcome = outcome };
    }

    public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation) =>
        throw new NotSupportedException("These events bring their browser id.");

    public CircuitStatus Circuit(string tenant) => _openUntil is not { } until ? default
        : _probing ? new CircuitStatus(CircuitState.HalfOpen, TimeSpan.Zero)
        : new CircuitStatus(CircuitState.Open, until > time.GetUtcNow() ? until - time.GetUtcNow() : TimeSpan.Zero);

    private AttemptOutcome Take(SendRequest request)
    {
        using var body = JsonDocument.Parse(request.Body.Bytes);
        if (body.RootElement.GetProperty("poison").GetBoolean())
            return AttemptOutcome.Refused;
        Taken.Add((request.BrowserId, body.RootElement.GetProperty("n").GetInt32(), time.GetUtcNow()));
        return AttemptOutcome.Delivered;
    }

    private void Learn(AttemptOutcome outcome)
    {
        var failed = outcome == AttemptOutcome.NotApplied;
        _failures = failed ? _failures + 1 : 0;
        if (failed && (_probing || _failures >= FailuresToOpen))
            _openUntil = time.GetUtcNow() + Break;
        else if (_probing)
            _openUntil = null;
        _probing = false;
    }
}
