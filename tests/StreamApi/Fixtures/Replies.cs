namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>Ways to answer, and ways not to.</summary>
internal static class Replies
{
    public const string Receipt = """{"status":"OK","version":"1.2","client_key":"key-1","ref":"r-1"}""";

    public static Reply Created { get; } = Answer(201, Receipt);

    /// <summary>Never answers; keeps the connection open.</summary>
    public static Reply Hang { get; } = async exchange =>
    {
        await exchange.HangAsync();
        return false;
    };

    /// <summary>RST instead of an answer.</summary>
    public static Reply Reset { get; } = exchange =>
    {
        exchange.Reset();
        return Task.FromResult(false);
    };

    /// <summary>
    /// FIN instead of an answer, as a server does that closes an idle connection at the wrong moment.
    /// </summary>
    public static Reply Close { get; } = _ => Task.FromResult(false);

    public static Reply Answer(int status, string body, params (string, string)[] headers) =>
        Begin(status, body.Length, headers).Then(Part(body)).Then(End);

    /// <summary>The head of an answer whose body is to have that length.</summary>
    public static Reply Begin(int status, int length, params (string, string)[] headers) => async exchange =>
    {
        await exchange.BeginAsync(status, length, headers);
        return true;
    };

    /// <summary>Bytes of the body; over HTTP/1.1, bytes as they are.</summary>
    public static Reply Part(string text) => async exchange =>
    {
        if (text.Length > 0)
            await exchange.WriteAsync(text);
        return true;
    };

    public static Reply Then(this Reply first, Reply second) =>
        async exchange => await first(exchange) && await second(exchange);

    /// <summary>A misbehaviour that only HTTP/2 has.</summary>
    public static Reply Http2(Func<RawHttp2Exchange, Task> play) => async exchange =>
    {
        await play((RawHttp2Exchange)exchange);
        return true;
    };

    private static async Task<bool> End(IRawExchange exchange)
    {
        await exchange.EndAsync();
        return true;
    }
}
