using GuestSessions.ServiceDefaults.Options.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Logs at start every key below <c>Sessions</c> that matches no option.</summary>
internal sealed partial class UnknownKeys(IConfiguration configuration, ILogger<UnknownKeys> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in ConfigurationKeys.Check(configuration).Strangers)
            LogUnknown(key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9001, LogLevel.Warning, "The setting {Key} has no effect: there is no such option.")]
    private partial void LogUnknown(string key);
}
