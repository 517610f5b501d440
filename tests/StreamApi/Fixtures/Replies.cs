namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>Ways to answer, and ways not to.</summary>
internal static class Replies
{
    public const string Receipt = """{"status":"OK","version":"1.2","client_key":"key-1","ref":"r-1"}""";

    public static Reply Created { get; } = Answer("201 Created", Receipt);

    /// <summary>Never answers; keeps the connection open.</summary>
    public static Reply Hang { get; } = async connection =>
    {
        var ended = new TaskCompletionSource();
        await using var registration = connection.Stop.Register(ended.SetResult);
        await ended.Task;
        return false;
    };

    /// <summary>RST instead of an answer.</summary>
    public static Reply Reset { get; } = connection =>
    {
        connection.Reset();
        return Task.FromResult(false);
    };

    /// <summary>
    /// FIN instead of an answer, as a server does that closes an idle connection at the wrong moment.
    /// </summary>
    public static Reply Close { get; } = _ => Task.FromResult(false);

    public static Reply Answer(string status, string body, params string[] headers) => Raw(
        string.Join("\r\n", [$"HTTP/1.1 {status}", $"Content-Length: {body.Length}", .. headers, "", body]));

    public static Reply Raw(string text) => async connection =>
    {
        await connection.WriteAsync(text);
        return true;
    };

    public static Reply Then(this Reply first, Reply second) =>
        async connection => await first(connection) && await second(connection);
}
