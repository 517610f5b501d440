using System.Collections.Concurrent;
using System.Threading.Channels;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// A pool of browser ids that the upstream issued ahead, so that a visitor's first call never waits for the upstream. Each
/// id is handed out once; ids that are left when the host ends, or when the tenant's upstream changes, are abandoned.
/// </summary>
internal sealed class BrowserIdPool : BackgroundService
{
    private const int AskersPerTenant = 8;

    /// <summary>Half jitter keeps hosts from asking at the same time.</summary>
    private static readonly BackOff BetweenRequests =
        new(First: TimeSpan.FromMilliseconds(500), Longest: TimeSpan.FromSeconds(10), Jitter: 0.5);

    private readonly UpstreamGrains _upstreams;
    private readonly TimeProvider _time;
    private readonly SessionsOptions _options;
    private readonly int _count;
    private readonly ConcurrentDictionary<string, TenantPool> _pools = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _stopping;

    public BrowserIdPool(UpstreamGrains upstreams, IOptions<ServiceOptions> options, TimeProvider time)
    {
        _upstreams = upstreams;
        _time = time;
        _options = options.Value;
        _count = options.Value.Ingress.BrowserIdsAhead;
    }

    /// <summary>Takes an id; null if the pool is empty.</summary>
    public UpstreamBrowserId? TryTake(string tenant) =>
        _pools.TryGetValue(tenant, out var pool) && pool.Ids.Reader.TryRead(out var id) ? id : null;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        foreach (var tenant in _options.Tenants.Keys)
            Begin(tenant);
        _options.TenantsChanged += Change;
        stoppingToken.Register(() => _ended.TrySetResult());
        return _ended.Task;
    }

    private void Change(IReadOnlyList<TenantChange> changes)
    {
        foreach (var change in changes.Where(static change =>
            change.Kind != TenantChangeKind.Changed || change.Touches(nameof(TenantOptions.StreamApi))))
        {
            if (_pools.TryRemove(change.Tenant, out var before))
                before.End.Cancel();
            if (change.Kind != TenantChangeKind.Removed)
                Begin(change.Tenant);
        }
    }

    private void Begin(string tenant)
    {
        if (_count == 0 || _stopping.IsCancellationRequested)
            return;
        var pool = _pools[tenant] = new TenantPool(
            Channel.CreateBounded<UpstreamBrowserId>(_count), CancellationTokenSource.CreateLinkedTokenSource(_stopping));
        for (var asker = 0; asker < AskersPerTenant; asker++)
            _ = FillAsync(tenant, pool.Ids.Writer, pool.End.Token);
    }

    /// <summary>Requests one id after the other, and waits while the pool is full.</summary>
    private async Task FillAsync(string tenant, ChannelWriter<UpstreamBrowserId> ids, CancellationToken stopping)
    {
        var failures = 0;
        try
        {
            while (await ids.WaitToWriteAsync(stopping))
            {
                if (await AskAsync(tenant) is { } browserId)
                {
                    failures = 0;
                    await ids.WriteAsync(browserId, stopping);
                    continue;
                }

                await Task.Delay(BetweenRequests.After(++failures, Random.Shared.NextDouble()), _time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            // What the cluster or the upstream can cause is handled where it is asked. The rest is a fault of the program: the
            // host logs it and ends, as for every background service.
            _ended.TrySetException(fault);
        }
    }

    private async Task<UpstreamBrowserId?> AskAsync(string tenant)
    {
        try
        {
            return await _upstreams.Of(tenant).CreateBrowserIdAsync();
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return null;
        }
    }

    private sealed record TenantPool(Channel<UpstreamBrowserId> Ids, CancellationTokenSource End);
}
