using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.GroupCommit;

internal sealed partial class GroupCommitWriter
{
    [LoggerMessage(4001, LogLevel.Error,
        "The journal cannot be written. Each commit retries; commits fail until the store recovers")]
    private partial void LogUnavailable(Exception failure);

    [LoggerMessage(4002, LogLevel.Information, "The journal can be written again")]
    private partial void LogRecovered();

    [LoggerMessage(4003, LogLevel.Warning, "A commit of {Rows} rows failed, but the journal holds it")]
    private partial void LogCommitFound(int rows);

    [LoggerMessage(4004, LogLevel.Warning, "Could not read back whether a failed commit is in the journal")]
    private partial void LogReadBackFailed(Exception failure);
}
