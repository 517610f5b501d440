using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.Cli.Tests;

/// <summary>An import that is killed, over a service that is killed. <c>IMPORT_LINES</c> and <c>IMPORT_KILLS</c> make it longer.</summary>
public sealed class ImportTests(ITestOutputHelper output)
{
    private static readonly int Lines = Scale.Of("IMPORT_LINES", 6000, least: 2000);
    private static readonly int Kills = Scale.Of("IMPORT_KILLS", 3);

    /// <summary>So many that a guest remembers the id of each of its events: see <c>Ingest:Limits:DedupIds</c>.</summary>
    private static readonly int Guests = Math.Max(20, Lines / 5_000);

    [Fact]
    public async Task A_killed_import_resumes_and_stores_every_line_once_and_in_order()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var tool = new Tool(silo.Address);
        await File.WriteAllLinesAsync(tool.PathOf("events.ndjson"), Enumerable.Range(0, Lines).Select(LineOf));

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var import = tool.Start("exec sessions import events.ndjson --batch 200");
            _ = import.StandardError.ReadToEndAsync();
            await Eventually.TrueAsync(() => import.HasExited || LinesDone(tool) >= Lines * kill / (Kills + 1), TimeSpan.FromMinutes(5));
            import.Kill();
            await import.WaitForExitAsync();
        }

        // And once the service itself, while the import waits for it.
        using (var import = tool.Start("exec sessions import events.ndjson --batch 200"))
        {
            var said = import.StandardOutput.ReadToEndAsync();
            _ = import.StandardError.ReadToEndAsync();
            await silo.KillAsync();
            await silo.StartAsync();
            await import.WaitForExitAsync();
            Assert.Equal(ExitCodes.PartlyRejected, import.ExitCode);
            output.WriteLine(await said);
        }

        Assert.False(File.Exists(tool.PathOf("events.ndjson.progress")));
        var rejected = JsonElement.Parse(Assert.Single(await File.ReadAllLinesAsync(tool.PathOf("events.ndjson.rejected"))));
        Assert.Equal((778, "unknown_point_of_sale"), (rejected.GetProperty("line").GetInt32(), rejected.GetProperty("code").GetString()));
        await ArrivesOnceAndInOrderAsync(upstream);

        var again = await tool.RunAsync("sessions import events.ndjson -o ndjson");
        Assert.Equal(
            (Lines, 0, Lines - 1),
            (Member("lines"), Member("accepted"), Member("duplicate")));

        int Member(string name) => again.Lines[0].GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Lines_from_a_pipe_need_an_id_or_a_name()
    {
        using var tool = new Tool(new Uri("http://127.0.0.1:9"));

        var ended = await tool.RunAsync("""echo '{"guest":"g","event":{"type":"VIEW"}}' | sessions import -""");

        Assert.Equal(ExitCodes.Usage, ended.ExitCode);
        Assert.Contains("--name", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_without_a_service_stops_and_says_how_to_resume()
    {
        using var tool = new Tool(new Uri("http://127.0.0.1:9"));
        await File.WriteAllTextAsync(tool.PathOf("one.ndjson"), """{"guest":"g","event":{"type":"VIEW"}}""");

        var ended = await tool.RunAsync("sessions import one.ndjson --patience 0");

        Assert.Equal(ExitCodes.Failed, ended.ExitCode);
        Assert.Contains("resume at line 1", ended.Errors, StringComparison.Ordinal);
    }

    /// <summary>The upstream knows it by its page. One of them is for a point of sale that the tenant does not have.</summary>
    private static string LineOf(int at)
    {
        var (guest, pos) = ($"g{at % Guests}", at == 777 ? "nowhere" : "harbourbikes/ie");
        return $$$"""{"guest":"{{{guest}}}","event":{"type":"VIEW","page":"/{{{guest}}}/{{{at:0000000}}}","pos":"{{{pos}}}"}}""";
    }

    private static int LinesDone(Tool tool)
    {
        try
        {
            using var progress = JsonDocument.Parse(File.ReadAllText(tool.PathOf("events.ndjson.progress")));
            return progress.RootElement.GetProperty("lines").GetInt32();
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static async Task ArrivesOnceAndInOrderAsync(Upstream upstream)
    {
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().Count() == Lines - 1, TimeSpan.FromMinutes(5));
        foreach (var guest in upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().GroupBy(static mark => mark.Split('/')[1]))
            Assert.Equal(guest.Order(StringComparer.Ordinal), guest);
    }
}
