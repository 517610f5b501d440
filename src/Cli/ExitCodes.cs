namespace GuestSessions.Cli;

/// <summary>How the tool ends.</summary>
internal static class ExitCodes
{
    /// <summary>All of it was done.</summary>
    public const int Done = 0;

    /// <summary>It failed: no connection, an error of the service, nothing found.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the profile or the input is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Some events were rejected; the others are stored.</summary>
    public const int PartlyRejected = 3;

    /// <summary>The key is unknown, or lacks the scope.</summary>
    public const int NotAllowed = 4;
}

/// <summary>Ends the command with a message on stderr.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">For a person.</param>
/// <param name="inner">What led to it; null if nothing did.</param>
internal sealed class CommandFailedException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
