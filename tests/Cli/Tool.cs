using System.Diagnostics;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.Cli.Tests;

/// <summary>The tool as it is installed: a process with pipes, a folder of its own, and a shell's <c>sessions</c>.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // On a machine that many share.

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-cli-");
    private readonly Dictionary<string, string> _environment = [];

    /// <param name="address">Of the service; null for none.</param>
    /// <param name="key">Of the service's tenant.</param>
    public Tool(Uri? address, string key = "demo-admin")
    {
        var shim = Path.Combine(_folder.CreateSubdirectory("bin").FullName, "sessions");
        var binary = Path.Combine(
            Binaries.Root, "src/Cli/bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0/sessions.dll");
        File.WriteAllText(shim, $"#!/bin/sh\nexec dotnet '{binary}' \"$@\"\n");
        using (var chmod = Process.Start("chmod", ["700", shim]))
            chmod.WaitForExit();
        _environment["PATH"] = $"{Path.GetDirectoryName(shim)}:{Environment.GetEnvironmentVariable("PATH")}";
        _environment["HOME"] = Folder;
        if (address is null)
            return;
        _environment["SESSIONS_ADDRESS"] = address.ToString();
        _environment["SESSIONS_KEY"] = key;
    }

    public string Folder => _folder.FullName;

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Runs a line of a shell to its end.</summary>
    public async Task<Ended> RunAsync(string line)
    {
        using var process = Start(line);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(deadline.Token);
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a line of a shell; <c>exec</c> makes the process the tool itself.</summary>
    public Process Start(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("SESSIONS_ADDRESS");
        start.Environment.Remove("SESSIONS_KEY");
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>How a command ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Errors}";
}
