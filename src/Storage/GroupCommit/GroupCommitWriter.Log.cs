using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.GroupCommit;

internal sealed partial class GroupCommitWriter
{
    [LoggerMessage(4001, LogLevel.Error,
        "The journal cannot be written. Commits fail until it can; each one tries again")]
    private partial void LogUnavailable(Exception failure);

    [LoggerMessage(4002, LogLevel.Information, "The journal can be written again")]
    private partial void LogRecovered();

    [LoggerMessage(4003, LogLevel.Warning, "A commit of {Rows} rows failed, but the journal holds it")]
    private partial void LogCommitFound(int rows);

    [LoggerMessage(4004, LogLevel.Warning, "Reading back whether a failed commit happened failed, too")]
    private partial void LogReadBackFailed(Exception failure);
}
