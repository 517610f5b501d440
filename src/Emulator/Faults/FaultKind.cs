namespace GuestSessions.Emulator.Faults;

public enum FaultKind
{
    /// <summary>Answers later; processed on arrival.</summary>
    Latency,

    /// <summary>Answers with a status, headers and body of choice.</summary>
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
    /// HTTP/2 REFUSED_STREAM, which promises that it was not processed. A reset before on HTTP/1.1.
    /// </summary>
    RefuseStream,

    /// <summary>The right answer, a byte at a time.</summary>
    SlowAnswer,

    /// <summary>Half of the right answer, then the connection or stream is aborted.</summary>
    TruncatedAnswer,
}
