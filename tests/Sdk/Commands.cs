using System.Diagnostics;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>Runs a line of a shell as a developer types it.</summary>
internal static class Commands
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5); // On a machine that many share.

    /// <param name="folder">Below the root of the repository.</param>
    /// <returns>What it wrote to its output.</returns>
    public static async Task<string> RunAsync(string folder, string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = Path.Combine(Binaries.Root, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KIOTA_OFFLINE_ENABLED"] = "true", ["KIOTA_CLI_TELEMETRY_OPTOUT"] = "true", ["DOTNET_NOLOGO"] = "true" },
        };
        using var shell = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        var output = shell.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = shell.StandardError.ReadToEndAsync(deadline.Token);
        await shell.WaitForExitAsync(deadline.Token);
        return shell.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{line}\nended with {shell.ExitCode}:\n{await output}\n{await errors}");
    }
}
