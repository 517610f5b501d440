using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Operations;

public sealed partial class OperationGrain
{
    [LoggerMessage(1101, LogLevel.Warning, "Operation {Operation} was cut short; it goes on with the next sweep.")]
    private partial void LogCutShort(string operation, Exception exception);
}
