using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Delivery;

public sealed partial class Dispatcher
{
    [LoggerMessage(2101, LogLevel.Warning,
        "The outcome for guest {Guest} could not be reported; the next try is in {Delay}.")]
    private partial void LogNotTaken(string guest, TimeSpan delay, Exception exception);

    [LoggerMessage(2102, LogLevel.Error,
        "A request to the upstream for guest {Guest} failed in a way that is not expected, and no outcome was reported. "
        + "The next sweep of recovery takes it over.")]
    private partial void LogFailed(string guest, Exception exception);
}
