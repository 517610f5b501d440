using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Delivery;

internal sealed partial class TenantThrottle
{
    /// <summary>Why no guest of the tenant may send from this silo now; null when one may.</summary>
    public WaitView? Obstacle()
    {
        var circuit = client.Circuit(Tenant);
        return this switch
        {
            { _share.IsPaused: true } => new(WaitCode.TenantPaused),
            { _share.HasLapsed: true } => new(WaitCode.NoTerms),
            { Trouble: not TenantTrouble.None } => new(WaitView.CodeOf(Trouble), At(_probeAt)) { Status = _troubleStatus },
            _ when Left(_heldUntil) > TimeSpan.Zero => new(WaitCode.RetryAfter, At(_heldUntil)),
            _ when circuit.State != CircuitState.Closed => new(WaitCode.CircuitOpen, time.GetUtcNow() + circuit.RetryIn),
            { _share.CircuitOpen: true } => new(WaitCode.CircuitOpen),
            _ when options.RatePerSecond > 0 && !(_share.HasRate && _tokens.HasToken) => new(
                WaitCode.RateLimit, _tokens.NextToken is { } token ? time.GetUtcNow() + token : null),
            _ when InFlight >= options.Concurrency => new(WaitCode.Turn),
            _ => null,
        };
    }

    public ThrottleReading Read() => new(Tenant, InFlight, Waiting.Count, Obstacle()?.Code);

    private DateTimeOffset? At(long timestamp) =>
        Left(timestamp) is { Ticks: > 0 } left ? time.GetUtcNow() + left : null;
}

/// <summary>The state of one tenant's throttle at a moment.</summary>
/// <param name="InFlight">Permits that are given out.</param>
/// <param name="Waiting">Guests that wait for a permit.</param>
/// <param name="Obstacle">Why no guest may send; null when one may.</param>
public sealed record ThrottleReading(string Tenant, int InFlight, int Waiting, WaitCode? Obstacle);
