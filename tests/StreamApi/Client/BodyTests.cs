using System.Text;
using GuestSessions.Core.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>Composed bodies share memory one after the other. What arrives must not show it.</summary>
public sealed class BodyTests
{
    private const int Senders = 8;
    private const int SendsEach = 40;

    [Fact]
    public async Task Every_body_that_arrives_is_one_event_whole_whatever_became_of_the_others()
    {
        Reply[] replies = [Replies.Created, Replies.Reset, Replies.Answer(500, "{}"), Replies.Created, Replies.Close];
        await using var server = new RawServer(
            [.. Enumerable.Range(0, Senders * SendsEach).Select(n => replies[n % replies.Length])]);
        using var client = Clients.For(server.Url);

        await SendAllAsync(client);

        Assert.NotEmpty(server.Requests);
        var bodies = server.Requests.Select(static request => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.All(bodies, static body => Assert.Contains(body, Expected));
    }

    [Fact]
    public async Task The_same_over_one_connection_of_HTTP2()
    {
        await using var upstream = await RunningEmulator.StartTlsAsync(HttpProtocols.Http2);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.ResetBefore, Every = 5 });
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.RefuseStream, Every = 3 });
        using var client = Clients.For(upstream.Url, configure: Certificates.Trust(upstream.Certificate!));

        await SendAllAsync(client);

        var bodies = upstream.Emulator.Arrivals.Since().Where(static arrival => arrival.IsEvent)
            .Select(static arrival => Encoding.UTF8.GetString(arrival.Body.Span)).ToList();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, static body => Assert.Contains(body, Expected));
    }

    private static Task SendAllAsync(StreamClient client) => Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
    {
        for (var number = 0; number < SendsEach; number++)
        {
            // None of them counts for the circuit, which would open.
            var view = Clients.View() with { Body = Body(sender, number), CountsForCircuit = false };
            await client.SendAsync(view, CancellationToken.None);
        }
    }));

    private static HashSet<string> Expected { get; } =
    [
        .. from sender in Enumerable.Range(0, Senders)
           from number in Enumerable.Range(0, SendsEach)
           select $"{$"{Body(sender, number)}".TrimEnd('}')},\"pos\":\"harbourbikes/ie\","
               + $"\"browser_id\":\"{Clients.BrowserId}\",\"client_key\":\"key-1\"}}",
    ];

    /// <summary>Another body for each send, of very different lengths: some fit into no buffer that was used before.</summary>
    private static Utf8Json Body(int sender, int number) => Utf8Json.Parse(
        $$"""{"type":"VIEW","page":"/{{sender}}/{{number}}/{{new string((char)('a' + sender), number * number)}}"}""");
}
