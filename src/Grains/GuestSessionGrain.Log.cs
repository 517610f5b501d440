using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain
{
    [LoggerMessage(1001, LogLevel.Error, "The journal of guest {Guest} cannot be read.")]
    private partial void LogCorrupt(string guest, Exception exception);

    [LoggerMessage(1002, LogLevel.Information, "A newer activation of guest {Guest} took over; this one ends.")]
    private partial void LogFenced(string guest);

    [LoggerMessage(1003, LogLevel.Warning, "A commit of guest {Guest} is not known to be durable; its activation ends.")]
    private partial void LogBroken(string guest, Exception exception);
}
