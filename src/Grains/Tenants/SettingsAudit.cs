using System.Threading.Channels;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Recovery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Tenants;

/// <summary>
/// Writes changes of tenants' settings to the audit: by <c>configuration</c>, with the names of the settings. All silos get the
/// same settings, so one of them writes for all.
/// </summary>
internal sealed partial class SettingsAudit(
    IGuestLists lists, IMembershipWatch membership, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<SettingsAudit> logger) : BackgroundService
{
    public const string By = "configuration";

    /// <summary>Maximum length of the reason of an act.</summary>
    private const int LongestReason = 500;

    /// <summary>Changes that wait for the store; later ones are logged only.</summary>
    private const int MostWaiting = 1_000;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private readonly Channel<(string Tenant, RecordedAct Act)> _acts =
        Channel.CreateBounded<(string, RecordedAct)>(MostWaiting);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        options.Value.TenantsChanged += Take;
        await foreach (var (tenant, act) in _acts.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryAppendAsync(tenant, act, stoppingToken))
                await Task.Delay(BetweenAttempts, time, stoppingToken);
        }
    }

    private void Take(IReadOnlyList<TenantChange> changes)
    {
        if (!membership.Share.Leads)
            return;
        foreach (var change in changes)
        {
            var names = string.Join(", ", change.Settings);
            var act = new RecordedAct(NameOf(change.Kind), new PersonAct(
                By, time.GetUtcNow(), names.Length <= LongestReason ? names : $"{names[..(LongestReason - 1)]}\u2026", null));
            if (!_acts.Writer.TryWrite((change.Tenant, act)))
                LogSkipped(change.Tenant, change.Kind);
        }
    }

    private async Task<bool> TryAppendAsync(string tenant, RecordedAct act, CancellationToken cancellation)
    {
        try
        {
            await lists.AppendActAsync(tenant, act, cancellation);
            return true;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogDelayed(tenant, exception);
            return false;
        }
    }

    private static string NameOf(TenantChangeKind kind) => kind switch
    {
        TenantChangeKind.Added => ActNames.TenantAdded,
        TenantChangeKind.Removed => ActNames.TenantRemoved,
        _ => ActNames.SettingsChanged,
    };

    [LoggerMessage(2310, LogLevel.Warning, "A change of the settings of tenant {Tenant} is not in the audit yet; it is tried again.")]
    private partial void LogDelayed(string tenant, Exception exception);

    [LoggerMessage(2311, LogLevel.Error, "The audit cannot keep the change of the settings of tenant {Tenant} ({Kind}): too many wait.")]
    private partial void LogSkipped(string tenant, TenantChangeKind kind);
}
