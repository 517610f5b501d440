using System.Diagnostics;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests;

/// <summary>What a newcomer sees and pastes.</summary>
public sealed class WelcomeTests
{
    [Fact]
    public async Task The_printed_curl_lines_post_an_event_show_it_and_find_it_upstream()
    {
        var emulator = $"http://127.0.0.1:{FreePort.Take()}";
        await using var silo = new SiloProcess(
            new Uri(emulator), ("Emulator:Enabled", "true"), ("Emulator:Url", emulator));
        await silo.StartAsync();
        await Eventually.TrueAsync(
            () => Commands(silo).Count == 3, TimeSpan.FromSeconds(10), "it printed three lines");
        var commands = Commands(silo);

        using var posted = JsonDocument.Parse(await RunAsync(commands[0]));
        var result = posted.RootElement.GetProperty("results")[0];
        Assert.Equal("accepted", result.GetProperty("status").GetString());

        await Eventually.TrueAsync(
            async () => (await RunAsync(commands[1])).Contains("\"delivered\"", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), "the timeline shows it delivered");
        Assert.Contains("/tourers", await RunAsync(commands[2]), StringComparison.Ordinal);
    }

    private static List<string> Commands(SiloProcess silo) =>
        [.. silo.Output.Select(static line => line.Trim()).Where(static line =>
            line.StartsWith("curl ", StringComparison.Ordinal))];

    private static async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return printed;
    }
}
