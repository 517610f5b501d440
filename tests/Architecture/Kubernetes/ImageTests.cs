using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests.Kubernetes;

/// <summary>An image is the same whichever way it is made: <c>docker build</c>, or <c>dotnet publish /t:PublishContainer</c>.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "ops", "Dockerfile"));

    [Theory]
    [InlineData("Silo")]
    [InlineData("Api")]
    public async Task Both_ways_have_the_same_base_user_ports_entry_point_and_environment(string project)
    {
        using var published = JsonDocument.Parse(await EvaluateAsync(project));
        var properties = published.RootElement.GetProperty("Properties");
        var items = published.RootElement.GetProperty("Items");
        var stage = Stage("runtime") + Stage(project.ToLowerInvariant());

        Assert.Equal(One(stage, @"^FROM (mcr\S+)"), properties.GetProperty("ContainerBaseImage").GetString());
        Assert.Equal(One(stage, @"^USER (\S+)"), properties.GetProperty("ContainerUser").GetString());
        Assert.Equal(One(stage, @"^WORKDIR (\S+)"), properties.GetProperty("ContainerWorkingDirectory").GetString());
        Assert.Equal("None", properties.GetProperty("ContainerAppCommandInstruction").GetString());
        Assert.Equal(All(stage, @"^EXPOSE (\S+)"), Identities(items, "ContainerPort"));
        Assert.Equal(
            Literal().Matches(One(stage, @"^ENTRYPOINT (.+)")).Select(static word => word.Groups[1].Value),
            Identities(items, "ContainerEntrypoint"));
        Assert.Equal(
            All(stage, @"^ENV (\S+)"),
            items.GetProperty("ContainerEnvironmentVariable").EnumerateArray().Select(static variable =>
                $"{variable.GetProperty("Identity").GetString()}={variable.GetProperty("Value").GetString()}"));
    }

    private static async Task<string> EvaluateAsync(string project)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", Path.Combine(Repository.Root, "src", project),
            "-getProperty:ContainerBaseImage,ContainerUser,ContainerWorkingDirectory,ContainerAppCommandInstruction",
            "-getItem:ContainerPort,ContainerEntrypoint,ContainerEnvironmentVariable",
        ])
        {
            RedirectStandardOutput = true,
        };
        using var evaluation = Process.Start(start)!;
        var output = await evaluation.StandardOutput.ReadToEndAsync();
        await evaluation.WaitForExitAsync();
        Assert.True(evaluation.ExitCode == 0, output);
        return output;
    }

    /// <summary>From the line that begins a stage up to the next one; a stage that builds on another begins without its base.</summary>
    private static string Stage(string name) =>
        Regex.Match(Dockerfile, $@"^FROM \S+ AS {name}\n[\s\S]*?(?=^FROM |\z)", RegexOptions.Multiline).Value;

    private static string One(string stage, string pattern) => Assert.Single(All(stage, pattern));

    private static List<string> All(string stage, string pattern) =>
        [.. Regex.Matches(stage, pattern, RegexOptions.Multiline).Select(static line => line.Groups[1].Value)];

    private static IEnumerable<string?> Identities(JsonElement items, string name) =>
        items.GetProperty(name).EnumerateArray().Select(static item => item.GetProperty("Identity").GetString());

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Literal();
}
