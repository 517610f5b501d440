using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Hands out the silo's send permits. They are bounded for the silo and for each tenant, given in turn between tenants, and
/// first come first served between a tenant's guests. Events that came with a public key get at most half of the permits, in turn
/// between the addresses of their senders.
/// </summary>
public sealed partial class DeliveryGate : IDisposable
{
    /// <summary>Maximum number of sends in a row. Then the permit goes to the next guest.</summary>
    public const int LongestStreak = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TenantThrottle> _throttles;
    private readonly Queue<TenantThrottle> _turns = new();
    private readonly int _capacity;
    private readonly ITimer _timer;
    private readonly ILogger<DeliveryGate> _logger;
    private readonly SessionsOptions _options;
    private readonly Func<string, TenantThrottle> _create;
    private TaskCompletionSource? _drained;
    private Action<string>? _listener;
    private int _inFlight;
    private int _publicInFlight;

    // A random start keeps another silo's permit from being mistaken for one of ours.
    private long _lastId = (long)RandomNumberGenerator.GetInt32(int.MaxValue) << 32;

    public DeliveryGate(
        IOptions<SessionsOptions> options, IStreamClient client, TimeProvider time, ILogger<DeliveryGate> logger)
    {
        _options = options.Value;
        _capacity = _options.Delivery.InFlight;
        _logger = logger;
        _create = tenant => new TenantThrottle(tenant, _options.Tenants[tenant].Delivery, client, time);
        _throttles = _options.Tenants.Keys.ToDictionary(static tenant => tenant, _create);
        _options.TenantsChanged += Change;
        _timer = time.CreateTimer(static gate => ((DeliveryGate)gate!).Grant(), this,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Number of requests in flight or about to be sent.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
                return _inFlight;
        }
    }

    /// <summary>Gets a permit at once, if no guest waits for one.</summary>
    /// <param name="isRetry">Whether it is for an event that was tried before.</param>
    /// <param name="isPublic">
    /// Whether it is for an event that came with a public key. A backend's event does not wait behind such events.
    /// </param>
    public bool TryAcquire(string tenant, bool isRetry, bool isPublic, [NotNullWhen(true)] out SendPermit? permit)
    {
        lock (_lock)
        {
            var throttle = _throttles[tenant];
            var waiting = isPublic || throttle.IsProbing ? throttle.Waiting.Count : throttle.Waiting.Backends;
            permit = _drained is null && waiting == 0 && _inFlight < _capacity && throttle.MayGo()
                && (!isPublic || (PublicMayGo && throttle.PublicMayGo))
                ? Enter(throttle, tenant, isPublic)
                : null;
            if (permit is not null)
                throttle.Waiting.SentAtOnce(isRetry, isPublic);
            return permit is not null;
        }
    }

    /// <summary>Waits for a permit until it is the caller's turn.</summary>
    /// <param name="isRetry">Whether it is for an event that was tried before. See <see cref="RetryBudget"/>.</param>
    /// <param name="rank">How much the outcome would say about the tenant while it is in trouble.</param>
    /// <param name="sender">See <see cref="WaitingGuest.Sender"/>.</param>
    public async Task<SendPermit> AcquireAsync(
        string tenant, bool isRetry, ProbeRank rank, CancellationToken cancellation, int sender = 0)
    {
        WaitingGuest waiting;
        bool needsTerms;
        lock (_lock)
        {
            var throttle = _throttles[tenant];
            waiting = throttle.Waiting.Enqueue(isRetry, rank, sender);
            if (!_turns.Contains(throttle))
                _turns.Enqueue(throttle);
            needsTerms = throttle.NeedsTerms;
        }

        Grant();
        if (needsTerms)
            _listener?.Invoke(tenant);
        using var registration = cancellation.Register(() => Cancel(waiting, cancellation));
        return await waiting.Permit.Task;
    }

    /// <summary>
    /// Exchanges the permit of a finished attempt for a new one, unless the holder's turn is over. Then the permit stays
    /// as it is.
    /// </summary>
    /// <param name="isPublic">
    /// Whether the next event came with a public key. Such an event cannot use a permit that was given for a backend's
    /// event.
    /// </param>
    public bool TryRenew(SendPermit permit, bool isPublic, [NotNullWhen(true)] out SendPermit? renewed)
    {
        lock (_lock)
        {
            var othersWait = _throttles.Values.Any(static throttle => throttle.Waiting.Count > 0);
            var throttle = _throttles[permit.Tenant];
            var mayGo = _drained is null && (!othersWait || permit.Streak < LongestStreak)
                && isPublic == permit.IsPublic && (!isPublic || throttle.Waiting.Backends == 0)
                && !throttle.IsProbing && throttle.MayGo(permit);
            if (mayGo && permit.End())
            {
                throttle.SpendToken(isPublic);
                throttle.Waiting.SentAtOnce(isRetry: false, isPublic);
                renewed = new SendPermit(++_lastId, permit.Tenant, isPublic, othersWait ? permit.Streak + 1 : 1);
                return true;
            }
        }

        renewed = null;
        return false;
    }

    public void Release(SendPermit permit)
    {
        lock (_lock)
        {
            if (!permit.End())
                return;
            _throttles[permit.Tenant].Leave(permit.IsPublic);
            _inFlight--;
            if (permit.IsPublic)
                _publicInFlight--;
            if (_inFlight == 0)
                _drained?.TrySetResult();
        }

        Grant();
    }

    /// <summary>Grants no more permits and waits for the requests in flight.</summary>
    public Task DrainAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inFlight == 0)
                _drained.TrySetResult();
            return _drained.Task.WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        _options.TenantsChanged -= Change;
        _timer.Dispose();
    }

    private void Grant()
    {
        lock (_lock)
        {
            TimeSpan? nextChance = null;
            for (var blocked = 0; _drained is null && _inFlight < _capacity && blocked < _turns.Count;)
            {
                var throttle = _turns.Dequeue();
                if (throttle.Waiting.Count == 0)
                    continue;
                _turns.Enqueue(throttle);
                if (throttle.MayGo() && GrantTo(throttle))
                {
                    blocked = 0;
                    continue;
                }

                blocked++;
                if (throttle.NextChance() is { } chance && !(nextChance < chance))
                    nextChance = chance;
            }

            if (nextChance is { } wait)
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>False when only guests with public events wait and their share is exhausted.</returns>
    private bool GrantTo(TenantThrottle throttle)
    {
        if (!throttle.TryDequeue(PublicMayGo, out var waiting))
            return false;
        waiting.Permit.SetResult(Enter(throttle, throttle.Tenant, waiting.IsPublic));
        return true;
    }

    private void Cancel(WaitingGuest waiting, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!WaitingGuests.Leave(waiting))
                return;
        }

        waiting.Permit.SetCanceled(cancellation);
    }

    private bool PublicMayGo => _publicInFlight < TenantThrottle.PublicPart(_capacity);

    private SendPermit Enter(TenantThrottle throttle, string tenant, bool isPublic)
    {
        throttle.Enter(isPublic);
        _inFlight++;
        if (isPublic)
            _publicInFlight++;
        return new SendPermit(++_lastId, tenant, isPublic);
    }
}
