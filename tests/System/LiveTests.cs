using System.Net.Http.Headers;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A guest watched over HTTP, in the real process.</summary>
public sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_happens_is_reported_and_what_happened_while_nobody_listened_is_reported_after_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("guest-1", "e1"));

        string place;
        using (var http = Http(silo.Address))
        using (var stream = await OpenAsync(http, after: null))
        {
            await UntilAsync(stream, static message => message.Contains("event: open", StringComparison.Ordinal));
            await client.RecordAsync(new SentEvent("guest-1", "e2"));
            place = IdOf(await UntilAsync(stream, static message => Tells(message, "e2", "delivered")));
            await client.RecordAsync(new SentEvent("guest-1", "e3"));
            await UntilAsync(stream, static message => Tells(message, "e3", "delivered"));
            await client.ActAsync("/v1/guests/guest-1/pause", """{"reason":"a test"}""");
            await client.RecordAsync(new SentEvent("guest-1", "e4"));
            await UntilAsync(stream, static message => Tells(message, "e4", "pending"));
        }

        await silo.KillAsync();
        await silo.StartAsync();
        using (var http = Http(silo.Address))
        using (var stream = await OpenAsync(http, place))
        {
            await UntilAsync(stream, static message => Tells(message, "e3", "delivered"));
            await UntilAsync(stream, static message => Tells(message, "e4", "pending"));
            await client.ActAsync("/v1/guests/guest-1/resume", """{"reason":"done"}""");
            await UntilAsync(stream, static message => Tells(message, "e4", "delivered"));
        }
    }

    private static HttpClient Http(Uri address)
    {
        var http = new HttpClient
        {
            BaseAddress = address,
            Timeout = Patience,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        return http;
    }

    private static async Task<StreamReader> OpenAsync(HttpClient http, string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/guests/guest-1/live");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads messages until one is the one.</summary>
    private static async Task<string> UntilAsync(StreamReader stream, Func<string, bool> isIt)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var message = ""; ;)
        {
            var line = await stream.ReadLineAsync(patience.Token) ?? throw new IOException("The stream ended.");
            if (line.Length > 0)
            {
                message += line + "\n";
                continue;
            }

            if (isIt(message))
                return message;
            message = "";
        }
    }

    private static bool Tells(string message, string eventId, string state)
    {
        if (DataOf(message) is not { } data)
            return false;
        using var item = JsonDocument.Parse(data);
        return item.RootElement.TryGetProperty("event_id", out var id) && id.GetString() == eventId
            && item.RootElement.GetProperty("state").GetString() == state;
    }

    private static string? DataOf(string message) => Field(message, "data: ");

    private static string IdOf(string message) => Field(message, "id: ")!;

    private static string? Field(string message, string name) => message.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[name.Length..]).SingleOrDefault();
}
