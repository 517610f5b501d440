using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>Requests as the SDKs write them.</summary>
internal static class SdkCalls
{
    public const string BrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    public static string View(string browserId = BrowserId, string pos = "harbourbikes/ie", string key = "demo-client-key") =>
        $$"""
        {"type":"VIEW","ext":{"pageVariantId":"v7","a_b":1,"a_c":[1,2]},"browser_id":"{{browserId}}","channel":"WEB","client_key":"{{key}}","currency":"EUR","page":"","pos":"{{pos}}"}
        """;

    public static string EdgeView(string browserId = BrowserId) =>
        $$"""
        {"browser_id":"{{browserId}}","channel":"WEB","client_key":"","currency":"EUR","language":"EN","page":"cat","pos":"","requested_at":"2026-11-23T06:23:46.688Z","type":"VIEW"}
        """;

    public static Task<Answer> SendAsync(this ApiHost api, string body, string path = "/v1.2/events") =>
        api.PostAsync(path, body, secret: null);

    public static FakeGuest Browser(this ApiHost api, string browserId = BrowserId) => api.Guest($"browser:{browserId}");

    /// <summary>Who owns the browser, one after the other; the last keeps it.</summary>
    public static void Owners(this ApiHost api, params string[] guests) =>
        api.Cluster.Directory(ApiHost.Tenant).Owners[BrowserId] = new Queue<string>(guests);

    /// <summary>Asserts an error as SDKs can read it: JSON, with a message, and nothing that looks like a success.</summary>
    public static void MustFail(this Answer answer, int status, string code)
    {
        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Equal("application/json", answer.ContentType);
        Assert.False(answer.Json.TryGetProperty("ref", out _));
        Assert.NotEmpty(answer.Json.GetProperty("error_msg").GetString()!);
        Assert.NotEmpty(answer.Json.GetProperty("moreInfo").GetString()!);
    }
}
