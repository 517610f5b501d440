namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>
/// One connection at a raw server, and what can be done to the request that was read from it last; the same over
/// HTTP/1.1 and HTTP/2.
/// </summary>
internal interface IRawExchange : IDisposable
{
    /// <summary>Reads one request whole; null when the client ended the connection.</summary>
    Task<string?> ReadRequestAsync();

    /// <summary>Status and headers of an answer whose body is to have <paramref name="length"/> bytes.</summary>
    Task BeginAsync(int status, int length, params (string Name, string Value)[] headers);

    /// <summary>A piece of the body.</summary>
    Task WriteAsync(string part);

    /// <summary>The body is over.</summary>
    Task EndAsync();

    /// <summary>Says nothing more until the test ends, and tells the test so.</summary>
    Task HangAsync();

    /// <summary>Ends the connection with RST instead of FIN.</summary>
    void Reset();
}
