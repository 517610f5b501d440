using GuestSessions.Core.Delivery;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// One tenant's delivery. State that must outlive the grain is durable before a pause or resumption reaches the silos.
/// </summary>
[GrainType("tenant")]
public sealed partial class TenantGrain(
    ITenantDeliveryStore store, IGuestLists lists, IOptions<SessionsOptions> options, ClusterSize cluster, TimeProvider time,
    ILogger<TenantGrain> logger)
    : Grain, ITenantGrain, ITenantThrottleGrain
{
    /// <summary>How long to wait for a silo to confirm a stop. After that, its terms expire by themselves.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ITenantListener> _listeners = [];
    private TenantDelivery _delivery = null!;
    private int _rate;
    private TenantDeliveryRecord? _saved;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var tenant = options.Value.Tenants.GetValueOrDefault(Tenant)
            ?? throw new SessionUnavailableException("The tenant is not configured on this silo.");
        try
        {
            _saved = await store.LoadAsync(Tenant, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new SessionUnavailableException("The tenant's state cannot be read now.", exception);
        }

        _rate = tenant.Delivery.RatePerSecond;
        _delivery = new TenantDelivery(_saved, _rate, cluster.IsOneSilo, time, MachineBoot.Id);
        _saved ??= _delivery.Record;
    }

    public async Task<TenantTerms> ReportAsync(string silo, TenantReport report, ITenantListener listener)
    {
        // With another rate, the next activation waits until what is leased has expired.
        if (options.Value.Tenants.GetValueOrDefault(Tenant)?.Delivery.RatePerSecond != _rate)
            DeactivateOnIdle();
        var before = _delivery.Record;
        var terms = _delivery.Take(silo, report, out var changed);
        _listeners[silo] = listener;
        if (changed)
            Tell(except: silo);
        LogChange(before, _delivery.Record);
        try
        {
            await SaveAsync();
        }
        catch (SessionUnavailableException exception)
        {
            // The silos know it nevertheless. If this activation ends before a later save, a silo reports it again.
            LogNotSaved(Tenant, exception);
        }

        return terms;
    }

    public Task<TenantDeliveryView> ReadAsync() => Task.FromResult(_delivery.View());

    public async Task<TenantDeliveryView> PauseAsync(ActMessage act)
    {
        await ActAsync(() => _delivery.Pause(act), ActNames.TenantPaused, act);
        var inFlight = await StopAsync();
        return _delivery.View() with { InFlight = inFlight };
    }

    public async Task<TenantDeliveryView> ResumeAsync(ActMessage act)
    {
        await ActAsync(_delivery.Resume, ActNames.TenantResumed, act);
        Tell(except: null);
        return _delivery.View();
    }

    private async Task ActAsync(Action act, string kind, ActMessage person)
    {
        // The audit comes first, so that it knows every act.
        await AuditAsync(kind, person);
        act();
        try
        {
            await SaveAsync();
        }
        catch (SessionUnavailableException)
        {
            // No silo knows of the act, and none may learn of it. The next activation begins from the stored state.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>
    /// Returns when no silo sends anything more: each has confirmed it, or its terms have expired. The result is the
    /// number of requests that may still arrive. For a silo that did not answer, it is the number from its last report.
    /// </summary>
    private async Task<int> StopAsync()
    {
        var turn = _delivery.Record.Turn;
        var answers = await Task.WhenAll(
            _listeners.ToList().Select(entry => StopAsync(entry.Key, entry.Value, turn)));
        Dictionary<string, int> stopped = [];
        foreach (var (silo, inFlight) in answers)
        {
            if (inFlight is { } known)
                stopped[silo] = known;
        }

        var sentByOthers = _delivery.SentByOthers(stopped.Keys);
        var left = _delivery.OthersMaySendFor(stopped.Keys);
        if (left > TimeSpan.Zero)
        {
            LogWaitsForTerms(Tenant, left);
            await Task.Delay(left, time);
        }

        return stopped.Values.Sum() + sentByOthers;
    }

    private async Task<(string Silo, int? InFlight)> StopAsync(string silo, ITenantListener listener, long turn)
    {
        try
        {
            return (silo, await listener.StopAsync(Tenant, turn).WaitAsync(StopPatience, time));
        }
        catch (Exception exception)
        {
            LogNotTold(Tenant, silo, exception);
            _listeners.Remove(silo);
            return (silo, null);
        }
    }

    private async Task AuditAsync(string kind, ActMessage person)
    {
        try
        {
            await lists.AppendActAsync(
                Tenant, new RecordedAct(kind, person.At(time.GetUtcNow())), CancellationToken.None);
        }
        catch (Exception exception)
        {
            throw new SessionUnavailableException("The audit cannot be written now.", exception);
        }
    }

    private async Task SaveAsync()
    {
        var record = _delivery.Record;
        if (record == _saved)
            return;
        try
        {
            await store.SaveAsync(Tenant, record, CancellationToken.None);
            _saved = record;
        }
        catch (Exception exception)
        {
            throw new SessionUnavailableException("The tenant's state cannot be saved now.", exception);
        }
    }

    private void Tell(string? except)
    {
        foreach (var (silo, listener) in _listeners.Where(entry => entry.Key != except).ToList())
            _ = TellAsync(silo, listener);
    }

    private async Task TellAsync(string silo, ITenantListener listener)
    {
        try
        {
            await listener.ChangedAsync(Tenant);
        }
        catch (Exception exception)
        {
            // The silo is gone or slow. A silo that is alive reports again, which puts it back on the list.
            LogNotTold(Tenant, silo, exception);
            _listeners.Remove(silo);
        }
    }

    private void LogChange(TenantDeliveryRecord before, TenantDeliveryRecord after)
    {
        if (before.Trouble == after.Trouble)
            return;
        if (after.Trouble == TenantTrouble.None)
            LogRecovered(Tenant);
        else
            LogTrouble(Tenant, after.Trouble, after.TroubleStatus);
    }
}
