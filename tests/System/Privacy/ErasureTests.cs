using System.Net;
using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>
/// A canary in every field of every type of event, and in every text of a person. After the erasure it is nowhere: not in the
/// store, not in its files, not in a log, not in an answer. The erasure races with ingest, delivery and a replay, and its
/// process is killed in the middle.
/// </summary>
public sealed class ErasureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task Nothing_of_an_erased_guest_is_left_anywhere(string provider)
    {
        await using var database = new PostgresServer();
        var connection = "";
        if (provider == "Postgres")
        {
            await database.InitializeAsync();
            connection = await database.NewDatabaseAsync();
        }

        await using var upstream = await StartUpstreamAsync();
        (string, string)[] settings =
            [("Privacy:SecondSearchAfter", "00:00:02"), ("Delivery:SweepInterval", "00:00:02")];
        await using var silo = new SiloProcess(upstream.Address, provider == "Postgres"
            ? [.. settings, ("Storage:Provider", provider), ("Storage:ConnectionString", connection)]
            : settings);
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        await guest.LiveAsync();

        // Otherwise the search proves nothing.
        Assert.NotEmpty(await TracesAsync(provider, connection, silo, guest.Canary));

        var racing = guest.RaceAsync();
        var operation = await guest.EraseAsync();
        await silo.KillAsync();
        await silo.StartAsync();
        var certificate = await guest.AwaitAsync(operation, Patience);
        await racing;

        await guest.MustBeGoneAsync();
        await guest.PostAsync($"/v1/operations/{operation}/file", """{"reason":"upload"}""");
        await Eventually.TrueAsync(
            async () => (await TracesAsync(provider, connection, silo, guest.Canary)).Count == 0,
            Patience, "no trace is left, with the file taken");
        Assert.DoesNotContain(silo.Output, line => line.Contains(guest.Canary, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((1, 1), (certificate.GetProperty("guests").GetInt32(), certificate.GetProperty("browsers").GetInt32()));
        Assert.True(certificate.GetProperty("rows").GetProperty("commits").GetInt32() > 0);
        Assert.Contains("backups", certificate.GetProperty("remains").EnumerateArray()
            .Select(static remains => remains.GetProperty("where").GetString()));
    }

    [Fact]
    public async Task The_file_for_the_upstream_has_the_identifiers_once_and_an_admin_lifts_the_erasure()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Privacy:SecondSearchAfter", "00:00:00"));
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        await guest.LiveAsync();
        using var watch = await guest.WatchAsync();
        var operation = await guest.EraseAsync();
        await guest.AwaitAsync(operation, Patience);
        await watch.EndedAsync(Patience);

        var (status, file) = await guest.PostAsync($"/v1/operations/{operation}/file", """{"reason":"upload"}""");
        var again = await guest.PostAsync($"/v1/operations/{operation}/file", """{"reason":"upload"}""");
        var done = await guest.PostAsync($"/v1/operations/{operation}/done-upstream", """{"reason":"job 17"}""");
        var lifted = await guest.PostAsync($"/v1/guests/{guest.Id}/erasure/lift", """{"reason":"came back"}""");
        var recorded = await guest.RecordAsync("back", """{"type":"VIEW","page":"/back","pos":"harbourbikes/ie"}""");

        using var record = JsonDocument.Parse(file);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("gdpr_delete", record.RootElement.GetProperty("mode").GetString());
        Assert.Contains(guest.Canary, file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Contains("\"done_upstream\":{", done.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, lifted.Status);
        Assert.Equal(HttpStatusCode.Accepted, recorded.Status);
        Assert.Contains("\"sequence\":1", recorded.Body, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Any(static arrival => arrival.Mark == "/back"), Patience, "the guest is delivered again");
    }

    [Fact]
    public async Task A_list_of_guests_is_erased_in_one_operation_and_an_anonymous_browser_is_one_of_them()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Privacy:SecondSearchAfter", "00:00:00"));
        await silo.StartAsync();
        using var named = new CanaryGuest(silo.Address);
        using var visitor = new CanaryGuest(silo.Address);
        const string view = """{"type":"VIEW","page":"/list","pos":"harbourbikes/ie"}""";
        await named.RecordAsync("a", view);
        Assert.Equal(HttpStatusCode.Created, (await visitor.SendFromBrowserAsync("/visit")).Status);

        var begun = await named.PostAsync("/v1/erasures", $$"""
            {"reason":"list 7","guests":["{{named.Id}}","{{visitor.Anonymous}}","never-seen"]}
            """);
        var operation = JsonDocument.Parse(begun.Body).RootElement.GetProperty("id").GetString()!;
        var certificate = await named.AwaitAsync(operation, Patience);
        var items = (await named.GetAsync($"/v1/operations/{operation}/items")).Body;

        Assert.Equal((2, 1), (certificate.GetProperty("guests").GetInt32(), certificate.GetProperty("skipped").GetInt32()));
        Assert.Equal(
            ["erased", "erased", "skipped"],
            JsonDocument.Parse(items).RootElement.GetProperty("items").EnumerateArray()
                .Select(static item => item.GetProperty("outcome").GetString()));
        Assert.DoesNotContain(named.Id, items, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await named.RecordAsync("b", view)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SendFromBrowserAsync("/late")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await named.SendAsync(
            HttpMethod.Delete, $"/v1/guests/{named.Id}", """{"reason":"again"}""")).Status);
    }

    /// <summary>One type is refused, and one type is in doubt.</summary>
    private static async Task<Upstream> StartUpstreamAsync()
    {
        var upstream = await Upstream.StartAsync(TimeSpan.FromMilliseconds(30));
        upstream.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 400, Type = "SEARCH" },
            new FaultRule { Kind = FaultKind.Status, Status = 500, Type = "ORDER_CHECKOUT" });
        return upstream;
    }

    private static async Task<IReadOnlyList<string>> TracesAsync(
        string provider, string connection, SiloProcess silo, string canary) => provider == "Postgres"
        ? await CanarySearch.InDatabaseAsync(connection, canary)
        : await CanarySearch.InFolderAsync(Path.Combine(silo.Folder, "data"), canary);
}
