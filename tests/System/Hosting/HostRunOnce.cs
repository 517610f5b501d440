using System.Diagnostics;
using System.Text;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>A host that is expected to end by itself, in an empty folder, with nothing configured but what is said.</summary>
internal static class HostRunOnce
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // On a machine that many share.

    /// <summary>A start as people do it: nothing of the test's own environment, Development.</summary>
    public static ProcessStartInfo Start(
        string folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> args) =>
        Start(Binaries.Silo, folder, environment, args);

    private static ProcessStartInfo Start(
        string binary, string folder, IEnumerable<(string Name, string Value)> environment, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [binary, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in (string[])["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_URLS", "HTTP_PORTS", "Urls"])
            start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["HOME"] = folder;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<Ended> RunAsync(
        IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> args) =>
        await RunAsync(Binaries.Silo, environment, args);

    /// <summary>Starts a host of any kind and waits for its end.</summary>
    public static async Task<Ended> RunAsync(
        string binary, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> args)
    {
        var folder = Directory.CreateTempSubdirectory("sessions-");
        try
        {
            using var process = Process.Start(Start(binary, folder.FullName, environment, args))!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var deadline = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw new TimeoutException($"It did not end:\n{await output}{await errors}");
            }

            return new Ended(process.ExitCode, await output, await errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>How it ended, and what it said.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public override string ToString() =>
        new StringBuilder().Append("exit ").Append(ExitCode).AppendLine().Append(Output).Append(Errors).ToString();
}
