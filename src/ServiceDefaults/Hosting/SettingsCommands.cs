using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Options.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>
/// What a host does with its settings instead of running: <c>--print-config</c> prints them as they would be in force, without
/// secrets; <c>--check-config</c> checks them as a start does, and opens no port, file or database.
/// </summary>
internal sealed class SettingsCommands
{
    private const string PrintOption = "--print-config";
    private const string CheckOption = "--check-config";

    private SettingsCommands(bool prints, bool checks, string[] rest) => (Prints, Checks, Rest) = (prints, checks, rest);

    public bool Prints { get; }

    public bool Checks { get; }

    /// <summary>The command line without them: .NET would take what follows one of them for its value.</summary>
    public string[] Rest { get; }

    public static SettingsCommands In(string[] args) => new(
        args.Contains(PrintOption), args.Contains(CheckOption),
        [.. args.Where(static arg => arg is not (PrintOption or CheckOption))]);

    public static void Print(WebApplicationBuilder builder, ServiceOptions options) => Console.WriteLine(SettingsText.Write(
        builder.Environment.EnvironmentName, string.Join(';', ListenAddresses.Of(builder.Configuration)), options));

    /// <summary>The end of a check: what the host's parts check besides.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OptionsValidationException">With every failure and its key.</exception>
    public static int EndCheck(IServiceProvider services)
    {
        services.GetRequiredService<IStartupValidator>().Validate();
        foreach (var key in ConfigurationKeys.Check(services.GetRequiredService<IConfiguration>()).Strangers)
            Console.Error.WriteLine($"The setting {key} has no effect: there is no such option.");
        Console.WriteLine("The configuration can be used.");
        return 0;
    }
}
