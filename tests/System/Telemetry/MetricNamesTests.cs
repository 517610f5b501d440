using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Telemetry;

/// <summary>
/// The metrics of the service's own as Prometheus reads them. Dashboards and alerts name them, so a changed name or label is a
/// change for operators. <c>WRITE_REFERENCE=true</c> writes the file of expected names again.
/// </summary>
public sealed partial class MetricNamesTests
{
    private const string Guest = "guest-of-metrics";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Names_and_labels_are_those_that_operators_know_and_no_label_names_a_guest()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Api:RequestsInFlight", "16"));
        using var client = new SessionsClient(silo.Address);
        using var http = new HttpClient { BaseAddress = silo.Address };
        await silo.StartAsync();
        await client.ActAsync("/v1/delivery/pause", """{"reason":"so that recovery finds a guest"}""");
        await client.RecordAsync(new SentEvent(Guest, "waiting"));
        await silo.KillAsync();
        await silo.StartAsync();
        await client.ActAsync("/v1/delivery/resume", """{"reason":"seen"}""");
        await LiveAsync(client, http, upstream);
        var expected = Path.Combine(Binaries.Root, "tests", "System", "Telemetry", "metrics.txt");
        var known = Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "true" ? "" : await File.ReadAllTextAsync(expected);
        var seen = "";

        await Eventually.TrueAsync(
            async () => (seen = Describe(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)))) == known || known.Length == 0,
            Patience, () => Task.FromResult($"the metrics are the known ones; now they are\n{seen}"));

        if (known.Length == 0)
            await File.WriteAllTextAsync(expected, seen);
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.DoesNotContain(Guest, text, StringComparison.Ordinal);
        Assert.All(Label().Matches(text).Select(static label => label.Groups["value"].Value).Distinct(), static value =>
            Assert.Matches(@"^[\w .:/{}\[\]<>,`+-]{0,160}$", value));
    }

    /// <summary>Something of everything that is counted only when it happens.</summary>
    private static async Task LiveAsync(SessionsClient client, HttpClient http, Upstream upstream)
    {
        await client.RecordAsync(new SentEvent(Guest, "accepted"));
        await client.RecordAsync(new SentEvent(Guest, "accepted"));
        await client.PostRawAsync(new SentEvent(Guest, "rejected") { Pos = SentEvent.UnknownPointOfSale });
        upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 400, Path = FaultPath.Events, Times = 1 });
        await client.RecordAsync(new SentEvent(Guest, "quarantined"));
        await Eventually.TrueAsync(
            async () => (await client.ReadTimelineAsync(Guest)).Any(static @event => @event.State == "quarantined"),
            Patience, "an event is quarantined");
        var operation = await client.ActAsync("/v1/quarantine/redrive", """{"reason":"the shop corrected it"}""");
        await Eventually.TrueAsync(
            async () => (await client.ReadAsync($"/v1/operations/{operation.GetProperty("id").GetString()}"))
                .GetProperty("state").GetString() == "completed",
            Patience, "the operation has ended");
        await client.ActAsync("/v1/delivery/pause", """{"reason":"to see it"}""");
        await VisitAsync(http);
        await CrowdAsync(http);
    }

    /// <summary>What a page's SDK asks for, well and badly.</summary>
    private static async Task VisitAsync(HttpClient http)
    {
        foreach (var key in (string[])[Upstream.ClientKey, "unknown"])
        {
            using var answer = await http.GetAsync(
                new Uri($"/v1.2/browser/create.json?client_key={key}&message=%7B%7D", UriKind.Relative));
        }

        using var content = new StringContent($$"""
            {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/{{Guest}}","pos":"nowhere","browser_id":"{{Guid.NewGuid()}}","client_key":"{{Upstream.ClientKey}}"}
            """, new MediaTypeHeaderValue("application/json"));
        using var quarantined = await http.PostAsync(new Uri("/v1.2/events", UriKind.Relative), content);
    }

    /// <summary>More callers than the host admits.</summary>
    private static Task CrowdAsync(HttpClient http) => Eventually.TrueAsync(
        async () =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
            {
                using var read = new HttpRequestMessage(HttpMethod.Get, $"/v1/guests/{Guest}/events");
                read.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "demo-support");
                using var answer = await http.SendAsync(read);
                return answer.StatusCode;
            }));
            return answers.Contains(HttpStatusCode.ServiceUnavailable);
        },
        Patience, "a request is shed");

    /// <summary>A line for each metric: its name, its type and its labels.</summary>
    private static string Describe(string metrics)
    {
        var lines =
            from family in Family().Matches(metrics)
            let name = family.Groups["name"].Value
            where name.StartsWith("sessions_", StringComparison.Ordinal)
            let samples = metrics.Split('\n').Where(line => Regex.IsMatch(line, $@"^{name}(_bucket|_sum|_count)?[{{ ]"))
            let labels = samples.SelectMany(static sample => Label().Matches(sample))
                .Select(static label => label.Groups["name"].Value).Distinct()
                .Where(static label => label is not ("le" or "otel_scope_name")).Order(StringComparer.Ordinal)
            orderby name
            select $"{name} {family.Groups["type"].Value} {string.Join(',', labels)}".TrimEnd();
        return string.Join('\n', lines) + "\n";
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\S+)", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("""(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"[,}]""")]
    private static partial Regex Label();
}
