using GuestSessions.Emulator;

var configuration = new ConfigurationBuilder()
    .AddEnvironmentVariables("EMULATOR_")
    .AddCommandLine(args, new Dictionary<string, string>
    {
        ["--urls"] = nameof(EmulatorSettings.Urls),
        ["--arrival-log"] = nameof(EmulatorSettings.ArrivalLog),
        ["--latency"] = nameof(EmulatorSettings.Latency),
        ["--protocols"] = nameof(EmulatorSettings.Protocols),
    })
    .Build();

await using var emulator = new StreamApiEmulator(
    configuration.Get<EmulatorSettings>() ?? new EmulatorSettings(), logToConsole: true);
await emulator.StartAsync(CancellationToken.None);
Console.WriteLine($"Stream API emulator on {emulator.Address}");
await emulator.WaitForShutdownAsync();
