using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GuestSessions.Emulator.Faults;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Telemetry;

/// <summary>
/// A silo on PostgreSQL that a real Prometheus reads, while one fault after the other happens to it. Alerts look back ten
/// seconds instead of minutes, and do not wait before they fire; apart from that they are those that operators get.
/// </summary>
public sealed partial class MonitoredRun : IAsyncLifetime
{
    private const int Others = 30;
    private const string Act = """{"reason":"seen by its alert"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly PostgresServer _database = new();
    private Upstream _upstream = null!;
    private HostProcess _silo = null!;
    private SessionsClient _client = null!;
    private HttpClient _http = null!;
    private string _schema = "";
    private int _posted;

    private string Settings => Path.Combine(_silo.Folder, "settings.json");

    /// <summary>The alerts as they are shipped.</summary>
    public static string Alerts { get; } = File.ReadAllText(Path.Combine(Binaries.Root, "ops", "prometheus", "alerts.yml"));

    /// <summary>
    /// Alerts that this run does not cause: memory that is scarce would not end with its fault, an operation fails only after
    /// many ends of its silo, and one host alone differs from nobody. <c>promtool test rules</c> lets these fire and end.
    /// </summary>
    public static IReadOnlySet<string> NotCaused { get; } =
        new HashSet<string>(["SessionsMemoryScarce", "SessionsOperationFailed", "SessionsSettingsDiffer"], StringComparer.Ordinal);

    public static IReadOnlyList<string> AlertNames { get; } =
        [.. AlertName().Matches(Alerts).Select(static alert => alert.Groups[1].Value)];

    internal Prometheus Prometheus { get; private set; } = null!;

    /// <summary>Alerts that were firing once every fault had ended.</summary>
    public IReadOnlyCollection<string> StillFiring { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _schema = await _database.NewDatabaseAsync();
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(_upstream.Address,
            ("Storage:Provider", "Postgres"), ("Storage:ConnectionString", _schema), ("Api:RequestsInFlight", "16"));
        _client = new SessionsClient(_silo.Address);
        _http = new HttpClient { BaseAddress = _silo.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        _silo.Environment["SETTINGS_FILE"] = Settings;
        await File.WriteAllTextAsync(Settings, "{}");
        await _silo.StartAsync();
        Prometheus = await Prometheus.StartAsync(_silo.Address, AtOnce(Alerts));
        await UseAsync();
        await BreakAsync();
        await MendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
        _client.Dispose();
        _http.Dispose();
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>What the service does on any day, well and badly.</summary>
    private async Task UseAsync()
    {
        await PostAsync();
        await _client.RecordAsync(new SentEvent("guest-1", "twice"));
        await _client.RecordAsync(new SentEvent("guest-1", "twice"));
        foreach (var key in (string[])[Upstream.ClientKey, "unknown"])
        {
            using var answer = await _http.GetAsync(
                new Uri($"/v1.2/browser/create.json?client_key={key}&message=%7B%7D", UriKind.Relative));
        }

        using var content = new StringContent($$"""
            {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/p","pos":"nowhere","browser_id":"{{Guid.NewGuid()}}","client_key":"{{Upstream.ClientKey}}"}
            """, new MediaTypeHeaderValue("application/json"));
        using var quarantined = await _http.PostAsync(new Uri("/v1.2/events", UriKind.Relative), content);
    }

    private async Task BreakAsync()
    {
        await RefuseEventsAsync();
        await StopTheUpstreamAsync();
        await RejectAndShedAsync();
        await BreakTheStoreAsync();
        await File.WriteAllTextAsync(Settings, """{"Sessions":{"Tenants":{"demo":{"Delivery":{"Settle":"5"}}}}}""");
        await AlertAsync("SessionsSettingsRejected");
        await File.WriteAllTextAsync(Settings, "{}");
        await AlertAsync("SessionsQuarantineGrows"); // It compares with what was before, which the next life does not show.
        await _client.ActAsync("/v1/delivery/pause", Act);
        await _client.RecordAsync([.. Enumerable.Range(0, 150).Select(static number => new SentEvent("hot", $"e{number}"))]);
        await _silo.KillAsync();
        await AlertAsync("SessionsHostDown");
        await _silo.StartAsync();
        await Eventually.TrueAsync(
            async () => (await Prometheus.FiredAsync()).Count >= AlertNames.Count - NotCaused.Count, Patience,
            async () => _silo.Tell($"these do not fire: {string.Join(", ", AlertNames.Except(await Prometheus.FiredAsync()))}"));
    }

    /// <summary>What the runbooks say.</summary>
    private async Task MendAsync()
    {
        await _client.ActAsync("/v1/delivery/resume", Act);
        await _client.ActAsync("/v1/guests/guest-0/events/order-doubt/discard", Act);
        await _client.ActAsync("/v1/quarantine/redrive", Act);
        await Eventually.TrueAsync(
            async () => (StillFiring = await Prometheus.FiringAsync()).Count == 0, Patience,
            () => Task.FromResult($"no alert fires; these do: {string.Join(", ", StillFiring)}"));
    }

    /// <summary>An order is in doubt, and sixty events of one guest are refused.</summary>
    private async Task RefuseEventsAsync()
    {
        // The alert compares with what was before, and a silo may first read its store when all of it is over.
        await Eventually.TrueAsync(
            () => Prometheus.FindsAsync("sessions_backlog_events{state=\"quarantined\"}"), Patience, "Prometheus knows how many were set aside before");
        // Nobody else's events may be refused: so many guests would look like a fault of the tenant.
        await Eventually.TrueAsync(
            async () => (await _client.ListAsync("/v1/backlog")).Count == 0, Patience, "what was posted before has arrived");
        _upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.ResetAfter, Type = "ORDER_CHECKOUT" });
        await _client.RecordAsync(SentEvent.Order("guest-0", "doubt"));
        await StateAsync("guest-0", "in_doubt", 1);
        _upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 400, Type = "VIEW", Path = FaultPath.Events });
        await _client.RecordAsync([.. Enumerable.Range(0, 60).Select(static number => new SentEvent("refused", $"e{number}"))]);
        await StateAsync("refused", "quarantined", 60);
        _upstream.Faults.Clear();
    }

    private Task StateAsync(string guest, string state, int count) => Eventually.TrueAsync(
        async () => (await _client.ReadTimelineAsync(guest)).Count(@event => @event.State == state) == count, Patience,
        () => Task.FromResult(_silo.Tell($"{count} events of {guest} are {state}")));

    /// <summary>The upstream does not take the tenant's key; it does again, and a person says so.</summary>
    private async Task StopTheUpstreamAsync()
    {
        _upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 401, Path = FaultPath.Events });
        await PostAsync();
        await AlertAsync("SessionsUpstreamStopped");
        _upstream.Faults.Clear();
        await _client.ActAsync("/v1/delivery/resume", Act);
    }

    /// <summary>A wrong point of sale, and more callers than the host admits.</summary>
    private async Task RejectAndShedAsync()
    {
        await AlertAsync("SessionsEventsRejected",
            () => _client.PostRawAsync(new SentEvent("guest-1", $"nowhere-{_posted++}") { Pos = SentEvent.UnknownPointOfSale }));
        await AlertAsync("SessionsLoadShed", () => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ReadAsync())));
    }

    /// <summary>The database is slow for a moment, and then gone for a moment.</summary>
    private async Task BreakTheStoreAsync()
    {
        var busy = PostgresServer.ExecuteAsync(_schema, string.Concat(Enumerable.Repeat(
            "BEGIN; LOCK TABLE head IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.5); COMMIT; SELECT pg_sleep(0.05); ", 5)));
        do
            await PostAsync();
        while (!busy.IsCompleted);
        await busy;
        await AlertAsync("SessionsCommitsSlow");
        await _database.StopAsync(PostgresStop.Immediate);
        await AlertAsync("SessionsIngestFails", PostAsync);
        await _database.StartAsync();
        await Eventually.TrueAsync(
            async () => (await _client.RecordAsync(new SentEvent("guest-1", $"back-{_posted++}")))[0].Sequence is not null,
            Patience, "the store takes writes again");
        await AlertAsync("SessionsCommitsFail");
    }

    /// <summary>An event of each of thirty guests, whatever becomes of it.</summary>
    private async Task PostAsync()
    {
        var number = _posted++;
        await Task.WhenAll(Enumerable.Range(0, Others).Select(
            guest => _client.RecordAsync(new SentEvent($"guest-{guest}", $"e{number}"))));
    }

    private async Task ReadAsync()
    {
        using var answer = await _http.GetAsync(new Uri("/v1/guests/guest-1/events", UriKind.Relative));
    }

    /// <param name="cause">Done again and again until the alert fires.</param>
    private Task AlertAsync(string name, Func<Task>? cause = null) => Eventually.TrueAsync(
        async () =>
        {
            await (cause?.Invoke() ?? Task.CompletedTask);
            return (await Prometheus.FiredAsync()).Contains(name);
        },
        Patience, () => Task.FromResult(_silo.Tell($"{name} fires")));

    /// <summary>The same alerts, for faults of seconds.</summary>
    private static string AtOnce(string alerts) => OldestAge().Replace(
        Window().Replace(Wait().Replace(alerts, "for: 0s"), "${before}10s${after}"), "> 5");

    [GeneratedRegex(@"\bfor: \w+")]
    private static partial Regex Wait();

    [GeneratedRegex(@"(?<before>\[|offset )\d+[mh](?<after>\]?)")]
    private static partial Regex Window();

    [GeneratedRegex("> 300$", RegexOptions.Multiline)]
    private static partial Regex OldestAge();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex AlertName();
}
