using System.ComponentModel;
using System.Diagnostics;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Configuration;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>The compose file as Compose itself understands it: there is no Docker where the tests run.</summary>
public sealed class ComposeTests
{
    private const string Password = "SESSIONS_DB_PASSWORD";
    private const string KeyHash = "SESSIONS_KEY_SHA256";

    private static readonly string Root = FindRoot();

    [Fact]
    public async Task Compose_takes_the_file_and_every_host_gets_settings_that_exist_and_bind()
    {
        var (exitCode, composed) = await ComposeAsync((Password, "secret"), (KeyHash, new string('a', 64)));

        Assert.True(exitCode == 0, composed);
        var environments = EnvironmentsOf(composed);
        foreach (var service in (string[])["silo1", "silo2", "silo3", "api1", "api2"])
        {
            var options = Bind(environments[service]);
            Assert.Equal(StorageProvider.Postgres, options.Storage.Provider);
            Assert.Equal(ClusterProvider.Postgres, options.Cluster.Provider);
            Assert.Contains("Password=secret", options.Storage.ConnectionString, StringComparison.Ordinal);
            Assert.Equal(64, options.Tenants["demo"].ApiKeys.Single().SecretSha256.Length);
            if (service.StartsWith("silo", StringComparison.Ordinal))
                Assert.Equal(service, options.Cluster.Address);
        }
    }

    [Theory]
    [InlineData(Password, KeyHash)]
    [InlineData(KeyHash, Password)]
    public async Task Without_a_secret_of_ones_own_nothing_starts(string chosen, string missing)
    {
        var (exitCode, told) = await ComposeAsync((chosen, "chosen"));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(missing, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_service_that_is_built_has_its_stage_in_the_Dockerfile()
    {
        var (_, composed) = await ComposeAsync((Password, "secret"), (KeyHash, "hash"));
        var stages = (await File.ReadAllLinesAsync(Path.Combine(Root, "ops", "Dockerfile")))
            .Where(static line => line.StartsWith("FROM ", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[^1])
            .ToList();

        var targets = composed.Split('\n')
            .Where(static line => line.StartsWith("      target:", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[^1])
            .ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.Contains(target, stages));
    }

    /// <summary>As a host does, save that a setting nobody knows is an error.</summary>
    private static ServiceOptions Bind(Dictionary<string, string?> environment) => new ConfigurationBuilder()
        .AddInMemoryCollection(environment.Select(static pair =>
            KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)))
        .Build()
        .GetRequiredSection(SessionsOptions.Section)
        .Get<ServiceOptions>(static binder => binder.ErrorOnUnknownConfiguration = true)!;

    /// <summary>Compose writes the services below two blanks, and what they are told below six.</summary>
    private static Dictionary<string, Dictionary<string, string?>> EnvironmentsOf(string composed)
    {
        Dictionary<string, Dictionary<string, string?>> all = [];
        Dictionary<string, string?> current = [];
        var within = "";
        foreach (var line in composed.Split('\n'))
        {
            var depth = line.Length - line.TrimStart().Length;
            var (name, value) = line.Trim().Split(':', 2) is [var left, var right]
                ? (left, right.Trim())
                : (line.Trim(), "");
            if (depth == 2 && value.Length == 0)
                all[name] = current = [];
            else if (depth == 4)
                within = name;
            else if (depth == 6 && within == "environment")
                current[name] = value.Trim('\'', '"');
        }

        return all;
    }

    private static async Task<(int ExitCode, string Output)> ComposeAsync(params (string Name, string Value)[] variables)
    {
        string[] config = ["--file", Path.Combine(Root, "docker-compose.yml"), "config"];
        using var compose = TryStart("docker-compose", config, variables)
            ?? TryStart("docker", ["compose", .. config], variables)
            ?? throw new InvalidOperationException("Docker Compose is missing: apt-get install docker-compose.");
        var told = compose.StandardError.ReadToEndAsync();
        var composed = await compose.StandardOutput.ReadToEndAsync();
        await compose.WaitForExitAsync();
        return (compose.ExitCode, compose.ExitCode == 0 ? composed : await told);
    }

    /// <summary>Null when there is no such program.</summary>
    private static Process? TryStart(string program, string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Password);
        start.Environment.Remove(KeyHash);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "sessions.sln")))
            root = root.Parent ?? throw new InvalidOperationException("No sessions.sln above the tests.");
        return root.FullName;
    }
}
