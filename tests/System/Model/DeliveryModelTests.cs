using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Model;

/// <summary>
/// The delivery protocol in Spin: every state that faults can lead to, and for each safeguard the proof that the model
/// notices when it is missing.
/// </summary>
public sealed partial class DeliveryModelTests
{
    [Theory]
    [InlineData("SPLITS=0")]
    [InlineData("LOST=0 PAUSES=0 UNSENT=0")]
    public async Task No_state_loses_reorders_or_doubles_an_event_unmarked(string bounds)
    {
        var (errors, output) = await CheckAsync(bounds);

        Assert.True(errors == 0, output);
        Assert.DoesNotContain("max search depth too small", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NO_FENCE", "marked")]
    [InlineData("SHORT_WAIT", "arrivals")]
    [InlineData("NO_VALIDITY", "arrivals")]
    public async Task Without_one_of_its_safeguards_there_is_a_counterexample(string without, string claim)
    {
        var (errors, output) = await CheckAsync(without);

        Assert.Equal(1, errors);
        Assert.Matches($"assertion violated .*{claim}", output);
    }

    private static async Task<(int Errors, string Output)> CheckAsync(string definitions)
    {
        var folder = Directory.CreateTempSubdirectory("model-");
        try
        {
            var model = Path.Combine(Binaries.Root, "docs", "model", "delivery.pml");
            await RunAsync(folder, "spin", [.. definitions.Split(' ').Select(static name => $"-D{name}"), "-a", model]);
            await RunAsync(folder, "cc", ["-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"]);
            var output = await RunAsync(folder, Path.Combine(folder.FullName, "pan"), ["-m1000000"]);
            return (int.Parse(ErrorCount().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture), output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(DirectoryInfo folder, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex(@"errors: ([0-9]+)")]
    private static partial Regex ErrorCount();
}
