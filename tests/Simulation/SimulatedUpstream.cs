using System.Text.Json;
using GuestSessions.Core.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The wire and the upstream behind it. Every request that arrives is logged before it is answered. While there is
/// trouble, requests get lost on the way, answers get lost on the way back, and events are put off.
/// </summary>
internal sealed class SimulatedUpstream(Random random, FakeTimeProvider time)
{
    private readonly List<Arrival> _arrivals = [];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private int _browserIds;

    public double Trouble { get; set; }

    /// <summary>It does not know the tenant's client key.</summary>
    public bool RefusesKey { get; set; }

    public IReadOnlyList<Arrival> Arrivals => _arrivals;

    /// <summary>Plants a fault in the log: this request and the next came the other way round.</summary>
    public void SwapWithNext(int index) =>
        (_arrivals[index], _arrivals[index + 1]) = (_arrivals[index + 1], _arrivals[index]);

    public async Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation)
    {
        await WaitAsync(50);
        if (time.GetTimestamp() > request.ValidUntil)
            return Report(AttemptOutcome.Unsent);
        if (RefusesKey)
            return Report(AttemptOutcome.Misconfigured);
        if (random.NextDouble() < Trouble)
            return Report(AttemptOutcome.NotApplied) with { RetryAfter = random.Next(3) == 0 ? Pause : null };
        if (random.NextDouble() < Trouble / 2)
            return await AnswerAsync(AttemptOutcome.InDoubt);

        using var body = JsonDocument.Parse(request.Body.Bytes);
        var isRefused = body.RootElement.TryGetProperty("poison", out _);
        _arrivals.Add(new Arrival(
            request.BrowserId, body.RootElement.GetProperty("id").GetString()!, isRefused)
        {
            At = time.GetUtcNow(),
            IsReplay = body.RootElement.TryGetProperty("ext", out _),
        });
        if (random.NextDouble() < Trouble / 2)
            return await AnswerAsync(AttemptOutcome.InDoubt);
        return await AnswerAsync(isRefused ? AttemptOutcome.Refused : AttemptOutcome.Delivered);
    }

    public async Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation)
    {
        await WaitAsync(50);
        if (RefusesKey)
            return new BrowserIdReport(null, null, Report(AttemptOutcome.Misconfigured));
        return random.NextDouble() < Trouble
            ? new BrowserIdReport(null, null, Report(AttemptOutcome.NotApplied))
            : new BrowserIdReport($"browser-{++_browserIds}", null, Report(AttemptOutcome.Delivered));
    }

    private async Task<AttemptReport> AnswerAsync(AttemptOutcome outcome)
    {
        await WaitAsync(outcome == AttemptOutcome.InDoubt ? 9_000 : 50);
        return Report(outcome);
    }

    private Task WaitAsync(int atMost) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, atMost)), time);

    private static AttemptReport Report(AttemptOutcome outcome) => new() { Outcome = outcome };
}

/// <summary>One request as the upstream saw it.</summary>
internal sealed record Arrival(string BrowserId, string EventId, bool Refused)
{
    /// <summary>When, by a clock that is never wrong.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>It carried the mark of a replay.</summary>
    public bool IsReplay { get; init; }
}
