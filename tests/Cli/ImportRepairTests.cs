using System.Text.Json;

namespace GuestSessions.Cli.Tests;

/// <summary>An import that is repaired and repeated: what did not change is known to the service.</summary>
public sealed class ImportRepairTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_line_that_is_deleted_or_inserted_makes_no_other_line_a_new_event()
    {
        using var tool = new Tool(service.Address);
        Assert.Equal((4, 0), await ImportAsync(tool, "deleted.ndjson", Line("a"), Line("b"), Line("b"), Line("c")));

        Assert.Equal((1, 3), await ImportAsync(tool, "deleted.ndjson", Line("new"), Line("b"), Line("b"), Line("c")));
        Assert.Equal((0, 2), await ImportAsync(tool, "deleted.ndjson", Line("c"), Line("b")));
    }

    [Fact]
    public async Task Identical_lines_are_different_events()
    {
        using var tool = new Tool(service.Address);

        Assert.Equal((3, 0), await ImportAsync(tool, "same.ndjson", Line("same"), Line("same"), Line("same")));
    }

    [Fact]
    public async Task A_resumed_import_gives_the_ids_that_it_would_have_given_without_the_stop()
    {
        using var tool = new Tool(service.Address);
        var line = Line("resumed");
        await File.WriteAllTextAsync(
            tool.PathOf("resumed.ndjson.progress"),
            $$"""{"file_bytes":{{3 * (line.Length + 1)}},"bytes":{{line.Length + 1}},"lines":1}""");

        Assert.Equal((2, 0), await ImportAsync(tool, "resumed.ndjson", line, line, line));
        Assert.Equal((1, 2), await ImportAsync(tool, "resumed.ndjson", line, line, line));
    }

    [Fact]
    public async Task The_lines_of_the_report_can_be_repaired_and_keep_their_ids()
    {
        using var tool = new Tool(service.Address);
        await File.WriteAllTextAsync(tool.PathOf("wrong.ndjson"), $"{Line("right")}\n{Line("wrong", pos: "nowhere")}\n");
        Assert.Equal(ExitCodes.PartlyRejected, (await tool.RunAsync("sessions import wrong.ndjson")).ExitCode);

        var sent = JsonElement.Parse(Assert.Single(await File.ReadAllLinesAsync(tool.PathOf("wrong.ndjson.rejected"))))
            .GetProperty("sent").GetString()!.Replace("nowhere", "harbourbikes/ie", StringComparison.Ordinal);

        Assert.Equal((1, 0), await ImportAsync(tool, "fixed.ndjson", sent));
        Assert.Equal((0, 1), await ImportAsync(tool, "fixed-again.ndjson", sent));
    }

    [Fact]
    public async Task A_refused_import_leaves_no_report_and_keeps_that_of_an_earlier_one()
    {
        using var tool = new Tool(service.Address);
        var refused = await tool.RunAsync($"echo '{Line("pipe")}' | sessions import -");

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.False(File.Exists(tool.PathOf("stdin.rejected")));

        await File.WriteAllTextAsync(tool.PathOf("stdin.rejected"), "earlier");
        await tool.RunAsync($"echo '{Line("pipe")}' | sessions import -");
        Assert.Equal("earlier", await File.ReadAllTextAsync(tool.PathOf("stdin.rejected")));
    }

    [Fact]
    public void An_import_takes_a_bounded_number_of_lines_without_an_id()
    {
        var ids = new Import.LineIds("import", most: 2);
        ids.Next(1, "a");
        ids.Next(2, "b");
        ids.Next(3, "a");

        Assert.Equal(ExitCodes.Usage, Assert.Throws<CommandFailedException>(() => { ids.Next(4, "c"); }).ExitCode);
    }

    private static string Line(string page, string pos = "harbourbikes/ie") =>
        $$$"""{"guest":"repair","event":{"type":"VIEW","page":"/{{{page}}}","pos":"{{{pos}}}"}}""";

    private static async Task<(int Accepted, int Duplicate)> ImportAsync(Tool tool, string file, params string[] lines)
    {
        await File.WriteAllTextAsync(tool.PathOf(file), string.Concat(lines.Select(static line => $"{line}\n")));
        var ended = await tool.RunAsync($"sessions import {file} --output ndjson");
        Assert.True(ended.ExitCode == ExitCodes.Done, ended.ToString());
        Assert.False(File.Exists(tool.PathOf($"{file}.progress")));
        return (ended.Lines[0].GetProperty("accepted").GetInt32(), ended.Lines[0].GetProperty("duplicate").GetInt32());
    }
}
