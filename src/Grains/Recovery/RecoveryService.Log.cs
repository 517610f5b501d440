using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Recovery;

public sealed partial class RecoveryService
{
    [LoggerMessage(3001, LogLevel.Information, "Recovery has ensured delivery for {Guests} guests so far.")]
    private partial void LogProgress(int guests);

    [LoggerMessage(3002, LogLevel.Debug,
        "Recovery ensured delivery for {Guests} guests with undelivered events in {Elapsed}.")]
    private partial void LogSwept(int guests, TimeSpan elapsed);

    [LoggerMessage(3003, LogLevel.Warning,
        "Recovery could not ensure delivery for guest {Guest}; the next sweep tries again.")]
    private partial void LogGuestFailed(string guest, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning,
        "{Guests} guests with undelivered events have a tenant that is not configured. They wait until it is.")]
    private partial void LogOrphans(int guests);

    [LoggerMessage(3006, LogLevel.Warning,
        "The index of pending guests was not tidied; it is tried again. Until then sweeps and lists may be slow.")]
    private partial void LogNotTidied(Exception exception);

    [LoggerMessage(3004, LogLevel.Error, "A recovery sweep failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception exception);
}
