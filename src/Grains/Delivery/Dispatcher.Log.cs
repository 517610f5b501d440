using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

public sealed partial class Dispatcher
{
    [LoggerMessage(2101, LogLevel.Warning,
        "The outcome for guest {Guest} could not be reported; the next try is in {Delay}.")]
    private partial void LogNotTaken(string guest, TimeSpan delay, Exception exception);

    [LoggerMessage(2102, LogLevel.Error, "A delivery ended without an outcome.")]
    private partial void LogFailed(Exception exception);
}
