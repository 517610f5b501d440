using System.Net;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>A browser: keeps cookies of all hosts, follows redirects one by one, and sends the forms of pages.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser() => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies });

    public CookieContainer Cookies { get; } = new();

    /// <summary>Called with each address that a redirect leads to; what it returns is opened instead.</summary>
    public Func<Uri, Uri> OnRedirect { get; set; } = static address => address;

    /// <summary>The page that is open.</summary>
    public Page Open { get; private set; } = new(new Uri("about:blank"), default, "");

    /// <summary>Every address on the way to it.</summary>
    public List<Uri> Way { get; } = [];

    public Task<Page> GoAsync(Uri address) => FollowAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends a form of the open page to an address on its host.</summary>
    public Task<Page> SendAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new Uri(Open.Address, path), fields);

    public Task<Page> SendAsync(Uri address, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(Open.Text).Groups[1].Value;
        return FollowAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).Select(static field => KeyValuePair.Create(field.Item1, field.Item2))),
        });
    }

    /// <summary>From nobody to the first page after signing in.</summary>
    public async Task<Page> SignInAsync(Uri host, string to = "/console")
    {
        await GoAsync(new Uri(host, to));
        return await SendAsync("/console/sign-in/provider", ("to", to));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> FollowAsync(HttpRequestMessage request)
    {
        Way.Clear();
        for (var left = 12; left > 0; left--)
        {
            Way.Add(request.RequestUri!);
            using var answer = await _http.SendAsync(request);
            if (answer.Headers.Location is not { } location)
                return Open = new Page(request.RequestUri!, answer.StatusCode, await answer.Content.ReadAsStringAsync());
            request = new HttpRequestMessage(HttpMethod.Get, OnRedirect(new Uri(request.RequestUri!, location)));
        }

        throw new InvalidOperationException($"It goes round in circles: {string.Join(' ', Way)}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    internal sealed record Page(Uri Address, HttpStatusCode Status, string Text);
}
