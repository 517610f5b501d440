namespace GuestSessions.Bench;

/// <summary>Something that takes events over HTTP, acknowledges them durably and delivers them.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="StartAsync">Starts it over a fresh folder, with a sink to deliver to.</param>
internal sealed record Contender(string Name, Func<string, int, Task<ChildProcess>> StartAsync)
{
    public static Contender Service(string silo) => new("Guest Sessions", (folder, sink) =>
    {
        var port = ChildProcess.FreePort();
        return ChildProcess.StartAsync(
            port, "/health/ready", folder, [silo],
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("Urls", $"http://127.0.0.1:{port}"),
            ("Sessions__Emulator__Enabled", "false"),
            ("Sessions__Tenants__demo__StreamApi__BaseUrl", $"http://127.0.0.1:{sink}"));
    });

    public static Contender Baseline { get; } = new("IPersistentState", (folder, sink) =>
    {
        var port = ChildProcess.FreePort();
        return ChildProcess.StartAsync(
            port, "/health/ready", folder,
            [typeof(Contender).Assembly.Location, "baseline", $"{port}", $"http://127.0.0.1:{sink}", folder]);
    });
}
