using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Guests;

internal sealed partial class GuestRuntime
{
    [LoggerMessage(1001, LogLevel.Error, "The journal of guest {Guest} cannot be read.")]
    private static partial void LogCorrupt(ILogger logger, string guest, Exception exception);

    [LoggerMessage(1002, LogLevel.Information, "A newer activation of guest {Guest} took over; this one ends.")]
    private static partial void LogFenced(ILogger logger, string guest);

    [LoggerMessage(1004, LogLevel.Information, "Guest {Guest} was erased; its activation ends.")]
    private static partial void LogErased(ILogger logger, string guest);

    [LoggerMessage(1003, LogLevel.Warning, "A commit of guest {Guest} is not known to be durable; its activation ends.")]
    private static partial void LogBroken(ILogger logger, string guest, Exception exception);
}
