using System.Diagnostics;
using System.Runtime.Versioning;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>What the all-in-one shows to others on its machine: nothing but its HTTP ports.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivacyTests
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    [Fact]
    public async Task A_silo_that_is_alone_opens_its_HTTP_port_and_no_other()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Cluster:SiloPort", FreePort.TakeText()),
            ("Cluster:GatewayPort", FreePort.TakeText()));
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("anna", "e1"));

        var listening = await ListeningAsync(silo.ProcessId);

        Assert.EndsWith($":{silo.Address.Port}", Assert.Single(listening), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000", null)]
    [InlineData("022", null)]
    [InlineData("000", "Data Source=deep/within/guests.db")]
    public async Task Whatever_the_umask_the_folder_and_all_files_in_it_are_the_users_own(
        string umask, string? connectionString)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = connectionString is null
            ? new SiloProcess(upstream.Address)
            : new SiloProcess(upstream.Address, ("Storage:ConnectionString", connectionString));
        silo.Umask = umask;
        await RecordAsync(silo);
        var folder = Path.Combine(silo.Folder, connectionString is null ? "data" : "deep/within");
        MustBePrivate(folder);
        await silo.KillAsync();
        foreach (var file in Directory.GetFiles(folder))
            File.SetUnixFileMode(file, Everybody);
        if (connectionString is null)
            File.SetUnixFileMode(folder, Everybody);

        await RecordAsync(silo);

        MustBePrivate(folder);
    }

    private static async Task RecordAsync(SiloProcess silo)
    {
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("anna", "e1"));
    }

    private static void MustBePrivate(string folder)
    {
        Assert.Equal(OwnFolder, File.GetUnixFileMode(folder));
        var files = Directory.GetFiles(folder);
        Assert.True(files.Length >= 4, $"Only {string.Join(", ", files)}");
        Assert.All(files, static file => Assert.Equal(OwnFile, File.GetUnixFileMode(file)));
    }

    /// <summary>The addresses at which a process listens.</summary>
    private static async Task<IReadOnlyList<string>> ListeningAsync(int process)
    {
        using var sockets = Process.Start(new ProcessStartInfo("ss", ["-Hltnp"]) { RedirectStandardOutput = true })!;
        var lines = await sockets.StandardOutput.ReadToEndAsync();
        await sockets.WaitForExitAsync();
        return [.. lines.Split('\n')
            .Where(line => line.Contains($"pid={process},", StringComparison.Ordinal))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])];
    }
}
