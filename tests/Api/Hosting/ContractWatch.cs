using System.Text.Json;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>
/// Holds every answer that any test sees against the OpenAPI document: a status or media type it does not
/// name for the operation fails the test.
/// </summary>
public sealed class ContractWatch : DelegatingHandler
{
    private static readonly Lazy<Task<JsonElement>> Document = new(ReadAsync);

    public static Task<JsonElement> DocumentAsync => Document.Value;

    /// <summary>The document's operation for a request; null where it has none.</summary>
    public static JsonElement? OperationOf(JsonElement document, string method, string path)
    {
        // A literal segment goes before a parameter, as in routing.
        var template = document.GetProperty("paths").EnumerateObject()
            .Where(candidate => Matches(candidate.Name, path))
            .OrderBy(candidate => candidate.Name.Count(character => character == '{'))
            .Select(candidate => (JsonElement?)candidate.Value)
            .FirstOrDefault();
        return template?.TryGetProperty(method.ToLowerInvariant(), out var operation) == true ? operation : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (OperationOf(await DocumentAsync, request.Method.Method, request.RequestUri!.AbsolutePath) is { } operation)
            Check(operation, request, response);
        return response;
    }

    private static void Check(JsonElement operation, HttpRequestMessage request, HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString();
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var documented),
            $"{request.Method} {request.RequestUri!.AbsolutePath} answered {status}, which its contract does not name.");
        Assert.True(
            documented.GetProperty("content").TryGetProperty(response.Content.Headers.ContentType!.MediaType!, out _),
            $"{request.Method} {request.RequestUri!.AbsolutePath} answered {status} with an undocumented type.");
    }

    private static bool Matches(string template, string path)
    {
        var expected = template.Split('/');
        var actual = path.Split('/');
        return expected.Length == actual.Length
            && expected.Zip(actual).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static async Task<JsonElement> ReadAsync()
    {
        await using var api = await ApiHost.StartAsync();
        using var client = new HttpClient { BaseAddress = api.Address };
        return JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
    }
}
