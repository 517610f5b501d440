namespace GuestSessions.Emulator.Faults;

public enum FaultKind
{
    /// <summary>Answers later; processed on arrival.</summary>
    Latency,

    /// <summary>Answers with a chosen status, headers and body.</summary>
    Status,

    /// <summary>Never answers; not processed.</summary>
    HangBefore,

    /// <summary>Never answers; processed.</summary>
    HangAfter,

    /// <summary>Aborts the connection, or the HTTP/2 stream; not processed.</summary>
    ResetBefore,

    /// <summary>Aborts the connection, or the HTTP/2 stream; processed.</summary>
    ResetAfter,

    /// <summary>
    /// HTTP/2 REFUSED_STREAM, which promises that it was not processed. On HTTP/1.1, a reset before processing.
    /// </summary>
    RefuseStream,

    /// <summary>The normal answer, one byte at a time.</summary>
    SlowAnswer,

    /// <summary>Half of the normal answer, then the connection or stream is aborted.</summary>
    TruncatedAnswer,
}
