using System.Collections.Concurrent;
using System.Threading.Channels;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// Synchronizes the gate's throttles with their tenants. It reports at once when a throttle has something to report or a tenant's terms
/// change. Otherwise it reports every 2 s while there is something to share, and every 4 s when there is not, so that
/// terms do not expire. No send waits for it.
/// </summary>
public sealed partial class TenantLink : BackgroundService, ITenantListener
{
    private static readonly TimeSpan BusyInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AlarmInterval = TimeSpan.FromMinutes(10);

    /// <summary>Minimum time between two reports. A burst of observations is reported together.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly DeliveryGate _gate;
    private readonly IGrainFactory _grains;
    private readonly SessionsOptions _options;
    private readonly Dictionary<string, (CancellationTokenSource End, Task Task)> _sharing = [];
    private readonly string _silo;
    private readonly TimeProvider _time;
    private readonly ILogger<TenantLink> _logger;
    private readonly ConcurrentDictionary<string, Channel<bool>> _calls = new();
    private ITenantListener? _self;

    /// <remarks>
    /// All hosted services are created before any of them starts, so nothing is sent without terms from now on.
    /// </remarks>
    public TenantLink(
        DeliveryGate gate, IGrainFactory grains, ILocalSiloDetails silo, IOptions<SessionsOptions> options,
        TimeProvider time, ILogger<TenantLink> logger)
    {
        _gate = gate;
        _grains = grains;
        _silo = silo.SiloAddress.ToString();
        _options = options.Value;
        _time = time;
        _logger = logger;
        gate.Listen(Call);
    }

    public Task ChangedAsync(string tenant)
    {
        Call(tenant);
        return Task.CompletedTask;
    }

    public Task<int> StopAsync(string tenant, long turn) => Task.FromResult(_gate.Stop(tenant, turn));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _self = _grains.CreateObjectReference<ITenantListener>(this);
        foreach (var tenant in _options.Tenants.Keys)
            Begin(tenant, stoppingToken);
        _options.TenantsChanged += changes => Change(changes, stoppingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_sharing.Values.Select(static sharing => sharing.Task));
    }

    private void Change(IReadOnlyList<TenantChange> changes, CancellationToken stopping)
    {
        foreach (var change in changes)
        {
            if (change.Kind == TenantChangeKind.Removed && _sharing.Remove(change.Tenant, out var sharing))
                sharing.End.Cancel();
            else if (change.Kind == TenantChangeKind.Added)
                Begin(change.Tenant, stopping);
            else
                Call(change.Tenant);
        }
    }

    private void Begin(string tenant, CancellationToken stopping)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _sharing[tenant] = (end, ShareAsync(tenant, end.Token));
    }

    private void Call(string tenant) => CallsFor(tenant).Writer.TryWrite(true);

    private Channel<bool> CallsFor(string tenant) => _calls.GetOrAdd(tenant, static _ =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    private async Task ShareAsync(string tenant, CancellationToken cancellation)
    {
        var calls = CallsFor(tenant).Reader;
        var reached = true;
        var alarmAt = _time.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            var asked = _time.GetTimestamp();
            var report = _gate.TakeReport(tenant);
            try
            {
                var grain = _grains.GetGrain<ITenantThrottleGrain>(tenant);
                var terms = await grain.ReportAsync(_silo, report, _self!);
                _gate.Apply(tenant, terms, asked);
                reached = true;
                alarmAt = Alarm(tenant, terms, report.Waiting, alarmAt);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                _gate.PutBack(tenant, report);
                if (reached)
                    LogUnreachable(tenant, exception);
                reached = false;
            }

            await WaitAsync(calls, _gate.IsQuiet(tenant) ? IdleInterval : BusyInterval, cancellation);
        }
    }

    private async Task WaitAsync(ChannelReader<bool> calls, TimeSpan longest, CancellationToken cancellation)
    {
        await Task.Delay(Breath, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var timeout = Task.Delay(longest, _time, patience.Token);
        var called = calls.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(timeout, called);
        calls.TryRead(out _);
        await patience.CancelAsync();
        await ((Task)called).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Logs trouble again while it lasts, so that it is never silent.</summary>
    private long Alarm(string tenant, TenantTerms terms, int waiting, long last)
    {
        if (terms.Trouble == TenantTrouble.None)
            return _time.GetTimestamp();
        if (_time.GetElapsedTime(last) < AlarmInterval)
            return last;
        LogStillInTrouble(tenant, terms.Trouble, waiting);
        return _time.GetTimestamp();
    }
}
