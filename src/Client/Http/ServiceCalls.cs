using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace GuestSessions.Client;

/// <summary>
/// Posts to the service until it has an answer that another try would not change. Every try sends the same bytes, so that
/// the service knows the events of a repeated one by their ids.
/// </summary>
internal sealed partial class ServiceCalls
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpClientName = "GuestSessions";

    public static readonly MediaTypeHeaderValue Json = new("application/json");
    public static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    private readonly IHttpClientFactory _http;
    private readonly IOptionsMonitor<GuestSessionsOptions> _options;
    private readonly ClientInstruments _instruments;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<Answer> _tries;

    public ServiceCalls(
        IHttpClientFactory http, IOptionsMonitor<GuestSessionsOptions> options, ClientInstruments instruments,
        ILogger logger, TimeProvider time)
    {
        _http = http;
        _options = options;
        _instruments = instruments;
        _logger = logger;
        _time = time;
        var bounds = options.CurrentValue;
        _tries = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                ShouldHandle = static tried => ValueTask.FromResult(MayPass(tried.Outcome, tried.Context.CancellationToken)),
                MaxRetryAttempts = int.MaxValue, // The caller's token ends it.
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = bounds.LongestRetryDelay,
                DelayGenerator = static tried => ValueTask.FromResult(tried.Outcome.Result?.RetryAfter),
                OnRetry = OnRetry,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = bounds.RequestTimeout })
            .Build();
    }

    /// <param name="path">Below the address of the service, without a slash before it.</param>
    /// <param name="body">The same for every try.</param>
    /// <param name="type">Of the body.</param>
    /// <param name="check">Throws <see cref="InvalidDataException"/> for an answer that was cut: it is tried again.</param>
    /// <param name="end">Ends the tries.</param>
    public async Task<Answer> PostAsync(
        string path, byte[] body, MediaTypeHeaderValue type, Action<Answer>? check, CancellationToken end) =>
        await _tries.ExecuteAsync(
            static async (call, attempt) =>
            {
                var answer = await call.Calls.TryAsync(call.Path, call.Body, call.Type, attempt).ConfigureAwait(false);
                if (answer.IsOk)
                    call.Check?.Invoke(answer);
                return answer;
            },
            (Calls: this, Path: path, Body: body, Type: type, Check: check), end).ConfigureAwait(false);

    private async Task<Answer> TryAsync(string path, byte[] body, MediaTypeHeaderValue type, CancellationToken end)
    {
        var options = _options.CurrentValue;
        using var request = new HttpRequestMessage(HttpMethod.Post, Below(options.Address!, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        if (options.Tenant is { } tenant)
            request.Headers.Add("Tenant", tenant);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = type;
        using var http = _http.CreateClient(HttpClientName);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end).ConfigureAwait(false);
        var content = await response.Content.ReadAsByteArrayAsync(end).ConfigureAwait(false);
        return new Answer((int)response.StatusCode, content, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };

    private ValueTask OnRetry(OnRetryArguments<Answer> tried)
    {
        _instruments.Retried();
        LogRetry(_logger, tried.Outcome.Exception, tried.AttemptNumber + 1, tried.Outcome.Result?.Status, tried.RetryDelay);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether another try may get another answer: all failures of the way there, and those that the service calls passing.</summary>
    private static bool MayPass(Outcome<Answer> outcome, CancellationToken end) => outcome switch
    {
        { Exception: not null } => !end.IsCancellationRequested,
        { Result.Status: var status } => (HttpStatusCode)status
            is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    private static Uri Below(Uri address, string path) =>
        address.AbsolutePath.EndsWith('/') ? new Uri(address, path) : new Uri($"{address.GetLeftPart(UriPartial.Path)}/{path}");

    [LoggerMessage(1, LogLevel.Warning, "Try {Attempt} failed with status {Status}. The next one is in {Delay}")]
    private static partial void LogRetry(ILogger logger, Exception? fault, int attempt, int? status, TimeSpan delay);
}

/// <summary>An answer of the service, or of something before it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As it came.</param>
/// <param name="RetryAfter">When another try makes sense, where the answer says so.</param>
internal sealed record Answer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsOk => Status is >= 200 and < 300;
}
