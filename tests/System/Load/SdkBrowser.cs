using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GuestSessions.SystemTests.Load;

/// <summary>
/// An SDK in one browser. It has no ids to repeat an event under, so that one without an answer is left alone.
/// </summary>
internal sealed class SdkBrowser(HttpClient http, string browserId)
{
    private static readonly Uri Events = new("/v1.2/events", UriKind.Relative);

    public string BrowserId { get; } = browserId;

    /// <returns>Whether the event was acknowledged.</returns>
    public async Task<bool> TrySendAsync(string mark, string type = "VIEW") => await SendAsync(mark, type) is not null;

    /// <returns>The id the event was acknowledged under; null when it was not.</returns>
    public async Task<string?> SendAsync(string mark, string type = "VIEW")
    {
        using var content = new StringContent(
            $$"""
            {"type":"{{type}}","channel":"WEB","language":"EN","currency":"EUR","page":"{{mark}}","pos":"{{SentEvent.PointOfSale}}","browser_id":"{{BrowserId}}","client_key":"{{Hosting.Upstream.ClientKey}}"}
            """,
            new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await http.PostAsync(Events, content);
            return answer.StatusCode switch
            {
                HttpStatusCode.Created => await ReadIdAsync(answer),
                HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => null,
                _ => throw new InvalidOperationException($"{mark} was answered with {answer.StatusCode}."),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    private static async Task<string> ReadIdAsync(HttpResponseMessage answer)
    {
        using var receipt = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return receipt.RootElement.GetProperty("ref").GetString()!;
    }
}
