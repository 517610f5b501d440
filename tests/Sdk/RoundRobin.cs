using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuestSessions.SdkTests;

/// <summary>
/// A load balancer without stickiness: every request goes to the next host, and past one that does not accept connections.
/// </summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private static readonly string[] OfConnection = ["Connection", "Transfer-Encoding", "Keep-Alive", "Content-Length"];

    private readonly IReadOnlyList<Uri> _hosts;
    private readonly int[] _served;
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private int _next;

    private RoundRobin(Uri address, IReadOnlyList<Uri> hosts)
    {
        (Address, _hosts, _served) = (address, hosts, new int[hosts.Count]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public Uri Address { get; }

    /// <summary>How many requests each host has answered.</summary>
    public IReadOnlyList<int> Served => [.. _served];

    public static async Task<RoundRobin> StartAsync(Uri address, IReadOnlyList<Uri> hosts)
    {
        var balancer = new RoundRobin(address, hosts);
        await balancer._app.StartAsync();
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        for (var tries = 0; tries < _hosts.Count; tries++)
        {
            var host = (int)((uint)Interlocked.Increment(ref _next) % (uint)_hosts.Count);
            using var request = RequestOf(context.Request, _hosts[host], body.ToArray());
            try
            {
                using var answer = await _http.SendAsync(request, context.RequestAborted);
                Interlocked.Increment(ref _served[host]);
                await AnswerAsync(context, answer);
                return;
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // The host is gone, and has seen nothing of the request.
            }
        }

        context.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, Uri host, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(host, from.Path + from.QueryString));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in from.Headers)
        {
            if (!OfConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    /// <summary>As it comes: a live stream has no end.</summary>
    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!OfConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }

        await using var content = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
