using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>
/// Runs a host from its first line to its exit code. What an operator can fix is said in a sentence on the standard error
/// stream, with exit code 1.
/// </summary>
public static class HostRun
{
    private const int Failed = 1;

    /// <summary>For what started before something else did not.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    /// <param name="args">The command line.</param>
    /// <param name="run">The host. Its options are checked.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplicationBuilder, SessionsOptions, Task<int>> run)
    {
        var options = new SessionsOptions();
        try
        {
            // Settings lie beside the program; data lies where it is started.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = AppContext.BaseDirectory,
            });
            ListenAddresses.UseDefault(builder.Configuration);
            if (ReadyCommand.Is(args))
                return await ReadyCommand.RunAsync(builder.Configuration);
            options = SessionsOptionsReader.Read(builder.Configuration, builder.Environment);
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
            // A fault of the program: whoever is to fix it needs all of it.
            Console.Error.WriteLine($"The host ended because of an unexpected fault: {exception}");
            return Failed;
        }
    }

    /// <summary>Runs the built host until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        var phase = app.Services.GetRequiredService<HostPhase>();
        await using (app)
        {
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

    /// <summary>Stops what did start, so that nothing runs on while its services go.</summary>
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
            // The failure to start is what is told; this one only follows from it.
        }
    }
}
