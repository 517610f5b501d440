using System.Net;
using System.Text.RegularExpressions;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Console;

/// <summary>A person at the console: keeps cookies, follows no redirect, and sends the forms of the pages.</summary>
internal sealed partial class ConsoleClient : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    private ConsoleClient(Uri address, CookieContainer cookies) => _http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
    {
        BaseAddress = address,
    };

    public CookieContainer Cookies { get; private init; } = new();

    /// <param name="persona">Null for nobody.</param>
    public static Task<ConsoleClient> SignInAsync(ApiHost api, string? persona) => SignInAsync(api.Address, persona);

    public static async Task<ConsoleClient> SignInAsync(Uri address, string? persona)
    {
        var client = At(address, new CookieContainer());
        await client.GetAsync("/console/sign-in");
        if (persona is null)
            return client;
        var answer = await client.PostAsync("/console/sign-in", ("persona", persona), ("tenant", ApiHost.Tenant));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        await client.GetAsync("/console/find-nothing");
        return client;
    }

    /// <summary>Somebody who has signed in in another way, with copies of the cookies.</summary>
    public static async Task<ConsoleClient> WithAsync(Uri address, CookieContainer cookies)
    {
        var copies = new CookieContainer();
        copies.Add(cookies.GetAllCookies());
        var client = At(address, copies);
        await client.GetAsync("/console/find-nothing");
        return client;
    }

    /// <summary>The same person at another host.</summary>
    /// <param name="prefix">Of the names of cookies there, if they are those of a host outside Development.</param>
    public ConsoleClient MovedTo(Uri address, string prefix = "")
    {
        var moved = At(address, new CookieContainer());
        foreach (Cookie cookie in Cookies.GetAllCookies())
            moved.Cookies.Add(new Cookie(prefix + cookie.Name, cookie.Value, "/", address.Host));
        moved._token = _token;
        return moved;
    }

    public async Task<Page> GetAsync(string path)
    {
        var page = await ReadAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));
        if (Token().Match(page.Text) is { Success: true } token)
            _token = token.Groups[1].Value;
        return page;
    }

    /// <summary>Looks for a text, and follows to the page with the answer, whose address does not have it.</summary>
    public async Task<Page> FindAsync(string text, string eventsBefore = "")
    {
        var sent = await PostAsync("/console/find", ("text", text), ("events_before", eventsBefore));
        Assert.Equal((HttpStatusCode.SeeOther, "/console/find"), (sent.Status, sent.Location));
        return await GetAsync("/console/find");
    }

    public Task<Page> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, _token, fields);

    /// <param name="token">What proves that the form is one of the console's.</param>
    public async Task<Page> PostAsync(string path, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(static field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await ReadAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), form));
    }

    public void Dispose() => _http.Dispose();

    private static ConsoleClient At(Uri address, CookieContainer cookies) => new(address, cookies) { Cookies = cookies };

    private static async Task<Page> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return new Page(
                answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString(),
                answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                    static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    internal sealed record Page(
        HttpStatusCode Status, string Text, string? Location, IReadOnlyDictionary<string, string> Headers);
}
