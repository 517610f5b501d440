using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Profiles;

namespace GuestSessions.Cli;

/// <summary>The service, as its API shows it. Every answer without success ends the command with its problem details.</summary>
internal sealed class Service : IDisposable
{
    private readonly HttpClient _http;

    public Service(Profile profile)
    {
        var address = profile.Address.AbsoluteUri;
        _http = new HttpClient { BaseAddress = new Uri(address.EndsWith('/') ? address : $"{address}/"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", profile.Key);
        if (profile.Tenant is { } tenant)
            _http.DefaultRequestHeaders.Add("Tenant", tenant);
    }

    public Uri Address => _http.BaseAddress!;

    public Task<JsonObject> GetAsync(string path, CancellationToken end) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), end);

    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken end) =>
        SendAsync(HttpMethod.Post, path, body, end);

    public Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject body, CancellationToken end) =>
        SendAsync(Request(method, path, body), end);

    /// <summary>Writes the answer into a new file, which only its owner can read.</summary>
    /// <returns>How many bytes it has.</returns>
    public async Task<long> SaveAsync(string path, JsonObject body, string file, CancellationToken end)
    {
        using var request = Request(HttpMethod.Post, path, body);
        using var answer = await SendRawAsync(request, end);
        await CheckAsync(answer, end);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var saved = new FileStream(file, options);
        await answer.Content.CopyToAsync(saved, end);
        return saved.Length;
    }

    /// <summary>Every item of a list, page by page, to its end.</summary>
    public async IAsyncEnumerable<JsonObject> ListAsync(string path, [EnumeratorCancellation] CancellationToken end)
    {
        string? after = null;
        do
        {
            var page = await GetAsync(after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}", end);
            foreach (var item in page["items"]!.AsArray())
                yield return item!.AsObject();
            after = page["next"]?.ToString();
        }
        while (after is not null);
    }

    /// <summary>The answer as it is, whatever its status.</summary>
    public async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken end)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFailedException(ExitCodes.Failed, $"{Address} does not answer: {fault.Message}", fault);
        }
        catch (TaskCanceledException late) when (!end.IsCancellationRequested)
        {
            throw new CommandFailedException(ExitCodes.Failed, $"{Address} does not answer in time.", new HttpRequestException(late.Message, late));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="CommandFailedException">The answer is no success.</exception>
    public static async Task CheckAsync(HttpResponseMessage answer, CancellationToken end)
    {
        if (answer.IsSuccessStatusCode)
            return;
        throw new CommandFailedException(
            answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ExitCodes.NotAllowed : ExitCodes.Failed,
            await answer.Content.ReadAsStringAsync(end) is { Length: > 0 } problem
                ? problem
                : $"The service answered {(int)answer.StatusCode}.");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonObject body) => new(method, path)
    {
        Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
    };

    private async Task<JsonObject> SendAsync(HttpRequestMessage request, CancellationToken end)
    {
        using (request)
        {
            using var answer = await SendRawAsync(request, end);
            await CheckAsync(answer, end);
            var text = await answer.Content.ReadAsStringAsync(end);
            try
            {
                return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                throw new CommandFailedException(ExitCodes.Failed, $"{Address} is no Guest Sessions: {fault.Message}");
            }
        }
    }
}
