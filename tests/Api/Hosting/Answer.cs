using System.Net;
using System.Text.Json;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>An HTTP answer read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.GetProperty("code").GetString();

    public string? ContentType => Message.Content.Headers.ContentType?.MediaType;

    public double? RetryAfter => Message.Headers.RetryAfter?.Delta?.TotalSeconds;

    public JsonElement[] Lines
        => [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public JsonElement[] Results => [.. Json.GetProperty("results").EnumerateArray()];

    public static async Task<Answer> ReadAsync(HttpResponseMessage message)
        => new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);

    /// <summary>
    /// Asserts a refusal: status, problem media type, code, and nothing that names a guest's URL.
    /// </summary>
    public void MustRefuse(HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.False(Json.TryGetProperty("instance", out _));
    }
}
