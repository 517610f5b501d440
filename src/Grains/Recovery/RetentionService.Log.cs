using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Recovery;

public sealed partial class RetentionService
{
    [LoggerMessage(3101, LogLevel.Information, "Retention deleted {Commits} commits older than {Before}.")]
    private partial void LogDeleted(int commits, DateTimeOffset before);

    [LoggerMessage(3103, LogLevel.Warning, "Guest {Guest} saved no snapshot; its history is kept until a later run.")]
    private partial void LogNotCovered(string guest, Exception exception);

    [LoggerMessage(3102, LogLevel.Error, "Retention failed; it tries again in an hour.")]
    private partial void LogFailed(Exception exception);
}
