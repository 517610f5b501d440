using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Operations;

public sealed partial class OperationGrain
{
    [LoggerMessage(1101, LogLevel.Warning, "Operation {Operation} was interrupted; the next sweep continues it.")]
    private partial void LogCutShort(string operation, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "Operation {Operation} left out guest {Guest}, which does not answer.")]
    private partial void LogGuestLeftOut(string operation, string guest, Exception exception);

    [LoggerMessage(1103, LogLevel.Warning, "After the file of operation {Operation} was taken, the store was not compacted.")]
    private partial void LogNotCompacted(string operation, Exception exception);
}
