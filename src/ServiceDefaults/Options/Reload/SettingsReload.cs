using System.Diagnostics.Metrics;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.ServiceDefaults.Options.Reload;

/// <summary>
/// Puts changed tenants in force while the host runs: it reads all settings again when one of their files changes, checks them as
/// a start does, and takes all changes or none. Every other setting takes effect at the next start.
/// </summary>
internal sealed partial class SettingsReload : BackgroundService
{
    /// <summary>How long files have to be quiet: who writes one may not have finished.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>How often settings that were rejected are tried again: a file that they name may have been missing for a moment.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private const string Roles = $"{nameof(ServiceOptions.SignIn)}:{nameof(SignInOptions.Roles)}";

    private readonly IConfigurationRoot _configuration;
    private readonly IHostEnvironment _environment;
    private readonly SettingsSources _sources;
    private readonly ServiceOptions _options;
    private readonly IReadOnlyList<IValidateOptions<ServiceOptions>> _checks;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>Tenants of all times: one that comes back continues with its object, which guests may hold.</summary>
    private readonly Dictionary<string, TenantOptions> _known;

    private volatile bool _isReading;
    private volatile bool _isRejected;
    private string _failures = "";
    private long _fingerprint;

    public SettingsReload(
        IConfiguration configuration, IHostEnvironment environment, SettingsSources sources, IOptions<ServiceOptions> options,
        IEnumerable<IValidateOptions<ServiceOptions>> checks, IMeterFactory meters, TimeProvider time, ILogger<SettingsReload> logger)
    {
        _configuration = (IConfigurationRoot)configuration;
        _environment = environment;
        _sources = sources;
        _options = options.Value;
        _checks = [.. checks];
        _time = time;
        _logger = logger;
        _known = new Dictionary<string, TenantOptions>(_options.Tenants);
        _fingerprint = FingerprintOf(_options);
        var meter = meters.Create("GuestSessions.Settings");
        meter.CreateObservableGauge(
            "sessions.settings.rejected", () => _isRejected ? 1 : 0, "{change}",
            "1 while changed settings are wrong, so that those from before are in force.");
        meter.CreateObservableGauge(
            "sessions.settings.fingerprint", () => Interlocked.Read(ref _fingerprint), "{settings}",
            "A number that hosts with the same tenants have in common.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _sources.AreRead();
        using var listening = ChangeToken.OnChange(_configuration.GetReloadToken, Changed);
        while (true)
        {
            await _changed.WaitAsync(_isRejected ? Retry : Timeout.InfiniteTimeSpan, stoppingToken);
            do
                await Task.Delay(Quiet, _time, stoppingToken);
            while (_changed.Wait(0, CancellationToken.None));
            try
            {
                Read();
            }
            catch (Exception fault)
            {
                _isRejected = true;
                // Wrong settings are rejected without an exception, so this is a fault of the program. It must not end a running
                // host: the log says what it was, an alert tells of it, and it is tried again.
                LogFailed(fault);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    private void Changed()
    {
        if (_isReading || _changed.CurrentCount > 0)
            return;
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // The change is already signaled.
        }
    }

    private void Read()
    {
        // All sources as they are now: a provider that met a broken file holds nothing.
        _isReading = true;
        try
        {
            _configuration.Reload();
        }
        finally
        {
            _isReading = false;
        }

        if (TryCheck(out var next, out var failures))
            PutInForce(next);
        else
            Reject(string.Join(" ", failures));
        _isRejected = failures.Count > 0;
    }

    private void Reject(string failures)
    {
        if (!_isRejected || failures != _failures)
            LogRejected(failures);
        _failures = failures;
    }

    private bool TryCheck(out ServiceOptions next, out IReadOnlyList<string> failures)
    {
        next = null!;
        failures = [.. _sources.Failures()];
        if (failures.Count > 0)
            return false;
        try
        {
            var read = next = SessionsOptionsReader.Read(_configuration, _environment);
            failures = [.. _checks.Select(check => check.Validate(null, read)).Where(static result => result.Failed)
                .SelectMany(static result => result.Failures!).Distinct()];
        }
        catch (OptionsValidationException exception)
        {
            failures = [.. exception.Failures];
        }

        return failures.Count == 0;
    }

    private void PutInForce(ServiceOptions next)
    {
        var changes = ChangesTo(next);
        foreach (var key in OthersChanged(next))
            LogNeedsStart(key);
        if (changes.Count == 0)
            return;
        _options.SignIn.Roles = next.SignIn.Roles; // Before the listeners are called, who read them.
        Dictionary<string, TenantOptions> tenants = [];
        foreach (var (name, tenant) in next.Tenants)
        {
            if (!_known.TryAdd(name, tenant))
                _known[name].TakeOver(tenant);
            tenants[name] = _known[name];
        }

        _options.Replace(tenants, changes);
        Interlocked.Exchange(ref _fingerprint, FingerprintOf(_options));
        foreach (var change in changes)
            LogChanged(change.Tenant, change.Kind, string.Join(", ", change.Settings));
    }

    private List<TenantChange> ChangesTo(ServiceOptions next)
    {
        List<TenantChange> changes = [];
        foreach (var name in _options.Tenants.Keys.Union(next.Tenants.Keys).Order(StringComparer.Ordinal))
        {
            var before = _options.Tenants.GetValueOrDefault(name);
            var after = next.Tenants.GetValueOrDefault(name);
            if (before is null || after is null)
                changes.Add(new TenantChange(name, before is null ? TenantChangeKind.Added : TenantChangeKind.Removed, []));
            else if (SettingsValues.Differences(SettingsValues.Of(before), SettingsValues.Of(after))
                .Concat(RolesChanged(name, _options.SignIn.Roles, next.SignIn.Roles)).ToList() is { Count: > 0 } settings)
                changes.Add(new TenantChange(name, TenantChangeKind.Changed, settings));
        }

        return changes;
    }

    /// <summary>Roles of people that may do something else in a tenant than before: a change of that tenant, for its audit.</summary>
    private static IEnumerable<string> RolesChanged(
        string tenant, List<SignInRoleOptions> before, List<SignInRoleOptions> after) =>
        before.Concat(after).Select(static role => role.Name).Distinct().Order(StringComparer.Ordinal)
            .Where(name => !ScopesOf(name, tenant, before).SetEquals(ScopesOf(name, tenant, after)))
            .Select(static name => $"{Roles}:{name}");

    private static HashSet<string> ScopesOf(string role, string tenant, List<SignInRoleOptions> roles) =>
        [.. roles.Where(known => known.Name == role).SelectMany(known => known.ScopesIn(tenant))];

    private IEnumerable<string> OthersChanged(ServiceOptions next) =>
        SettingsValues.Differences(SettingsValues.Of(_options), SettingsValues.Of(next))
            .Where(static name => !name.StartsWith($"{nameof(SessionsOptions.Tenants)}:", StringComparison.Ordinal)
                && !name.StartsWith($"{Roles}:", StringComparison.Ordinal))
            .Select(static name => $"{SessionsOptions.Section}:{name}");

    private static long FingerprintOf(ServiceOptions options) => SettingsValues.Fingerprint(SettingsValues.Of(new ServiceOptions
    {
        Tenants = options.Tenants,
        SignIn = new SignInOptions { Roles = options.SignIn.Roles },
    }));

    [LoggerMessage(9002, LogLevel.Information, "Settings of tenant {Tenant} are in force now: {Kind} {Settings}")]
    private partial void LogChanged(string tenant, TenantChangeKind kind, string settings);

    [LoggerMessage(9003, LogLevel.Error,
        "Changed settings are not used, because they are wrong; those from before stay in force. {Failures}")]
    private partial void LogRejected(string failures);

    [LoggerMessage(9004, LogLevel.Warning, "The setting {Key} has changed. It takes effect at the next start.")]
    private partial void LogNeedsStart(string key);

    [LoggerMessage(9005, LogLevel.Error, "Changed settings could not be put in force.")]
    private partial void LogFailed(Exception fault);
}
