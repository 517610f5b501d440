using System.Diagnostics;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>The SDKs as npm has them, at the versions that <c>client/package-lock.json</c> names, installed once.</summary>
internal static class Packages
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The folder of the scripts, with the packages in it.</summary>
    public static Task<string> InstalledAsync() => Installed.Value;

    /// <summary>Where the browser is: <c>CHROMIUM</c>, else where Debian puts it.</summary>
    public static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Binaries.Root, "tests/Sdk/client");
        var start = new ProcessStartInfo("npm", ["ci", "--no-progress"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0
            ? folder
            : throw new InvalidOperationException($"The SDKs cannot be installed: {string.Concat(said)}");
    }
}
