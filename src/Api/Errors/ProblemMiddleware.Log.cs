using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Errors;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(6001, LogLevel.Error, "A request failed through a fault of this service")]
    private partial void LogBug(Exception fault);

    [LoggerMessage(6002, LogLevel.Warning, "The cluster could not answer a request: {Fault}: {Reason}")]
    private partial void LogUnavailable(string fault, string reason);
}
