using System.Threading.Channels;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// A pool of browser ids that the upstream issued ahead, so that a visitor's first call never waits for the upstream. Each
/// id is handed out once; ids that are left when the host ends are abandoned.
/// </summary>
internal sealed class BrowserIdPool : BackgroundService
{
    private const int AskersPerTenant = 8;

    /// <summary>Half jitter keeps hosts from asking at the same time.</summary>
    private static readonly BackOff BetweenRequests =
        new(First: TimeSpan.FromMilliseconds(500), Longest: TimeSpan.FromSeconds(10), Jitter: 0.5);

    private readonly UpstreamGrains _upstreams;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Channel<UpstreamBrowserId>> _ahead = [];

    public BrowserIdPool(UpstreamGrains upstreams, IOptions<ServiceOptions> options, TimeProvider time)
    {
        _upstreams = upstreams;
        _time = time;
        if (options.Value.Ingress.BrowserIdsAhead is > 0 and var ahead)
        {
            foreach (var tenant in options.Value.Tenants.Keys)
                _ahead[tenant] = Channel.CreateBounded<UpstreamBrowserId>(ahead);
        }
    }

    /// <summary>Takes an id; null if the pool is empty.</summary>
    public UpstreamBrowserId? TryTake(string tenant) =>
        _ahead.TryGetValue(tenant, out var ids) && ids.Reader.TryRead(out var id) ? id : null;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from tenant in _ahead
        from asker in Enumerable.Range(0, AskersPerTenant)
        select FillAsync(tenant.Key, tenant.Value.Writer, stoppingToken));

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
}
