using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Options.Reload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>
/// Runs a host from its first line to its exit code. It reports a failure that an operator can fix in a sentence on the
/// standard error stream, with exit code 1.
/// </summary>
public static class HostRun
{
    private const int Failed = 1;

    /// <summary>Time to stop the parts that started before another part failed to start.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    /// <param name="args">The command line.</param>
    /// <param name="run">Runs the host with checked options.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, ServiceOptions, Task<int>> run)
    {
        var options = new ServiceOptions();
        var commands = SettingsCommands.In(args);
        try
        {
            // Settings are beside the program; data is in the folder where it is started.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = commands.Rest,
                ContentRootPath = AppContext.BaseDirectory,
            });
            builder.Services.AddSingleton(SettingsSources.Add(builder)).AddHostedService<SettingsReload>();
            ListenAddresses.UseDefault(builder.Configuration);
            if (ReadyCommand.Is(args))
                return await ReadyCommand.RunAsync(builder.Configuration);
            options = SessionsOptionsReader.Read(builder.Configuration, builder.Environment);
            ListenChecks.Check(
                builder.Configuration,
                options.Ingress.Enabled ? options.Ingress.Urls : null,
                options.Emulator.Enabled ? options.Emulator.Url : null,
                options.Metrics.Enabled ? options.Metrics.Urls : null);
            if (commands.Prints)
                SettingsCommands.Print(builder, options);
            if (commands.Prints && !commands.Checks)
                return 0;
            builder.Services.AddSingleton(commands);
            return await run(builder, options);
        }
        catch (OptionsValidationException exception)
        {
            Console.Error.WriteLine($"The configuration cannot be used:{Environment.NewLine}"
                + string.Join(Environment.NewLine, exception.Failures));
            return Failed;
        }
        catch (Exception exception) when (StartFailure.Sentence(exception, options) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
            return Failed;
        }
        catch (Exception exception)
        {
            // A fault of the program needs its full stack to be fixed.
            Console.Error.WriteLine($"The host ended because of an unexpected error: {exception}");
            return Failed;
        }
    }

    /// <summary>Runs the built host until it is stopped; only checks its settings where the command line says so.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        var phase = app.Services.GetRequiredService<HostPhase>();
        await using (app)
        {
            if (app.Services.GetService<SettingsCommands>() is { Checks: true })
                return SettingsCommands.EndCheck(app.Services);
            try
            {
                await app.StartAsync();
            }
            catch
            {
                phase.Failed();
                await StopAsync(app);
                throw;
            }

            phase.Started();
            await app.WaitForShutdownAsync();
        }

        return 0;
    }

    /// <summary>Stops the parts that started, so that nothing runs on while its services are disposed.</summary>
    private static async Task StopAsync(WebApplication app)
    {
        using var deadline = new CancellationTokenSource(StopTime);
        try
        {
            await app.StopAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or AggregateException
            or InvalidOperationException or ArgumentException)
        {
            // The host reports the failure to start; this one only follows from it.
        }
    }
}
