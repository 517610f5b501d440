using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.Cli.Tests;

/// <summary><c>docs/cli.md</c> says what the tool does.</summary>
public sealed partial class DocumentTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Binaries.Root, "docs/cli.md"));

    [Fact]
    public async Task Every_command_of_the_document_works_in_its_order()
    {
        using var tool = new Tool(service.Address);
        var lines = Block().Matches(Document)
            .SelectMany(static block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.True(lines.Count > 15);
        foreach (var line in lines)
        {
            var ended = await tool.RunAsync(line);
            Assert.True(ended.ExitCode == ExitCodes.Done, $"{line}: {ended}");
        }
    }

    [Fact]
    public async Task The_profiles_of_the_document_are_read()
    {
        using var tool = new Tool(address: null);
        Directory.CreateDirectory(tool.PathOf(".config/sessions"));
        var profiles = Profiles().Match(Document).Groups[1].Value.Replace("http://localhost:8080/", service.Address.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(tool.PathOf(".config/sessions/profiles.json"), profiles);
        await tool.RunAsync("chmod 600 .config/sessions/profiles.json");

        var ended = await tool.RunAsync("sessions set-aside list --profile demo");

        Assert.True(ended.ExitCode == ExitCodes.Done, ended.ToString());
    }

    [Fact]
    public async Task The_repair_of_rejected_lines_works_as_the_document_has_it()
    {
        using var tool = new Tool(service.Address);
        await File.WriteAllTextAsync(
            tool.PathOf("events.ndjson"), """{"guest":"repaired","event":{"type":"VIEW","page":"/repaired","pos":"nowhere"}}""");
        Assert.Equal(ExitCodes.PartlyRejected, (await tool.RunAsync("sessions import events.ndjson")).ExitCode);

        var ended = await tool.RunAsync($"set -e\n{Repair().Match(Document).Groups[1].Value}");

        Assert.True(ended.ExitCode == ExitCodes.Done, ended.ToString());
        Assert.Single((await tool.RunAsync("sessions timeline repaired --output ndjson")).Lines);
    }

    [Fact]
    public async Task The_document_names_every_command()
    {
        using var tool = new Tool(address: null);
        var help = (await tool.RunAsync("sessions --help")).Output;
        var commands = Command().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(static match => match.Groups[1].Value);

        Assert.All(commands, static name => Assert.Matches($@"(sessions |`){name}\b", Document));
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"```bash\n(jq -r \.sent .*?)```", RegexOptions.Singleline)]
    private static partial Regex Repair();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Profiles();

    [GeneratedRegex(@"^  ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
