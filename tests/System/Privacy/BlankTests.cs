using System.IO.Compression;
using System.Net;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>The body of one event, consent, and an export, through the real process.</summary>
public sealed class BlankTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_body_of_a_delivered_event_can_be_erased_and_its_row_stays()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        using var other = new CanaryGuest(silo.Address);
        var folder = Path.Combine(silo.Folder, "data");
        await other.RecordAsync("kept", $$"""{"type":"VIEW","page":"/{{other.Canary}}","pos":"harbourbikes/ie"}""");
        var secret = "card" + other.Canary;
        await other.RecordAsync("secret", $$$"""
            {"type":"VIEW","page":"/{{{secret}}}","pos":"harbourbikes/ie","ext":{"note":"{{{secret}}}"} }
            """);
        await Eventually.TrueAsync(() => upstream.Arrivals.Count == 2, Patience, "both are delivered");
        Assert.NotEmpty(await CanarySearch.InFolderAsync(folder, secret));

        var (status, body) = await other.PostAsync($"/v1/guests/{other.Id}/events/secret/blank", """{"reason":"a card"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"blanked\":true", body, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"delivered\"", body, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await CanarySearch.InFolderAsync(folder, secret)).Count == 0, Patience, "the body is gone from the files");
        await silo.KillAsync();
        await silo.StartAsync();
        Assert.Contains("event_blanked", (await other.GetAsync($"/v1/guests/{other.Id}/events/secret")).Body, StringComparison.Ordinal);
        Assert.Contains("\"blanked\":true", (await other.GetAsync($"/v1/guests/{other.Id}/events")).Body, StringComparison.Ordinal);
        Assert.NotEmpty(await CanarySearch.InFolderAsync(folder, other.Canary));
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/v1/guests/{guest.Id}")).Status);
    }

    [Fact]
    public async Task Without_consent_events_are_dropped_with_a_receipt_and_with_it_they_flow()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        const string view = """{"type":"VIEW","page":"/without","pos":"harbourbikes/ie"}""";

        var denied = await guest.SendAsync(HttpMethod.Put, $"/v1/guests/{guest.Id}/consent", """{"consent":"denied"}""");
        var dropped = await guest.RecordAsync("a", view);
        var again = await guest.RecordAsync("a", view);
        var read = await guest.GetAsync($"/v1/guests/{guest.Id}/events/a");
        await guest.SendAsync(HttpMethod.Put, $"/v1/guests/{guest.Id}/consent", """{"consent":"granted"}""");
        await guest.RecordAsync("b", view.Replace("without", "with", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => upstream.Arrivals.Count == 1, Patience, "the event with consent is delivered");

        Assert.Equal(HttpStatusCode.OK, denied.Status);
        Assert.Equal(HttpStatusCode.Accepted, dropped.Status);
        Assert.Contains("no_consent", dropped.Body, StringComparison.Ordinal);
        Assert.Contains("duplicate", again.Body, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"dropped\"", read.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("without", read.Body, StringComparison.Ordinal);
        Assert.Equal("/with", Assert.Single(upstream.Arrivals).Mark);
    }

    [Fact]
    public async Task An_export_has_everything_once_and_survives_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Delivery:SweepInterval", "00:00:01"));
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        for (var number = 0; number < 250; number++)
            await guest.RecordAsync($"e{number}", $$"""{"type":"VIEW","page":"/{{guest.Canary}}","pos":"harbourbikes/ie"}""");

        var begun = await guest.PostAsync($"/v1/guests/{guest.Id}/export", """{"reason":"request 12"}""");
        Assert.Equal(HttpStatusCode.Accepted, begun.Status);
        await silo.KillAsync();
        await silo.StartAsync();
        var operation = System.Text.Json.JsonDocument.Parse(begun.Body).RootElement.GetProperty("id").GetString()!;
        await Eventually.TrueAsync(
            async () => (await guest.GetAsync($"/v1/operations/{operation}")).Body.Contains("\"completed\"", StringComparison.Ordinal),
            Patience, "the export has ended");
        var file = await guest.TakeAsync(operation);
        var again = await guest.PostAsync($"/v1/operations/{operation}/file", """{"reason":"again"}""");

        using var archive = new ZipArchive(new MemoryStream(file));
        Assert.Equal(
            ["README.txt", "events.ndjson", "guest.json", "schema.json"],
            archive.Entries.Select(static entry => entry.Name).Order(StringComparer.Ordinal));
        using var events = new StreamReader(archive.GetEntry("events.ndjson")!.Open());
        var lines = (await events.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(250, lines.Length);
        Assert.All(lines, line => Assert.Contains(guest.Canary, line, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Gone, again.Status);
    }
}
