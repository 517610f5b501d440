using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.Health;

/// <summary>
/// Checks whether the store takes writes. Callers share a running probe, and wait for it at most
/// <see cref="Patience"/>. After a failure the probe writes a row of its own: a host that is not ready gets no
/// traffic, so no other write would show that the store works again.
/// </summary>
public sealed partial class StoreHealth(
    IJournalCapacity capacity, IStoreProbe probe, ITenantRows rows, TimeProvider time, ILogger<StoreHealth> logger)
    : IStoreHealth
{
    /// <summary>A store that answers later counts as unavailable.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>A result is reused for this long. It bounds the cost of the probes, however many callers ask.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(200);

    /// <summary>No tenant has this name, because names of tenants have no dot.</summary>
    private const string ProbeRow = ".probe";

    private readonly Lock _turn = new();
    private readonly ILogger _logger = logger;
    private Task? _probe;
    private long _probedAt;
    private bool _failed;

    public async Task<StoreState> CheckAsync()
    {
        if (capacity.Capacity == JournalCapacity.Full)
            return StoreState.LowOnSpace;
        try
        {
            await Probe().WaitAsync(Patience, time);
            Note(failure: null);
            // A full disk may still take the small row of a probe, while commits find no space.
            return capacity.Capacity == JournalCapacity.Failing ? StoreState.LowOnSpace : StoreState.TakesWrites;
        }
        catch (Exception failure)
        {
            // Any failure means that the store may not take the next write. The log has the reason.
            Note(failure);
            return StoreState.Unavailable;
        }
    }

    /// <summary>The running probe, one that ended a moment ago, or a new one.</summary>
    private Task Probe()
    {
        lock (_turn)
        {
            if (_probe is null || (_probe.IsCompleted && time.GetElapsedTime(_probedAt) >= Freshness))
                _probe = ProbeAsync(write: _failed || capacity.Capacity == JournalCapacity.Failing);
            return _probe;
        }
    }

    private async Task ProbeAsync(bool write)
    {
        try
        {
            await probe.ProbeAsync();
            if (write)
                await rows.SaveAsync(ProbeRow, "{}"u8.ToArray(), CancellationToken.None);
        }
        finally
        {
            lock (_turn)
                _probedAt = time.GetTimestamp();
        }
    }

    /// <summary>Logs once when the store begins to fail, and once when it takes writes again.</summary>
    private void Note(Exception? failure)
    {
        lock (_turn)
        {
            if (_failed == failure is not null)
                return;
            _failed = failure is not null;
        }

        if (failure is TimeoutException)
            LogUnavailable($"it does not answer within {Patience.TotalMilliseconds} ms");
        else if (failure is not null)
            LogUnavailable((failure.InnerException ?? failure).Message);
        else
            LogAvailable();
    }

    [LoggerMessage(3201, LogLevel.Warning, "The store takes no writes, and the host is not ready: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(3202, LogLevel.Information, "The store takes writes again.")]
    private partial void LogAvailable();
}
