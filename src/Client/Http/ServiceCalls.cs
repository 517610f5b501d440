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
    private readonly ResiliencePipeline<Answer> _batchTries;
    private int _refusedWith; // The status of a refusal that was logged and has not ended; 0 for none.

    public ServiceCalls(
        IHttpClientFactory http, IOptionsMonitor<GuestSessionsOptions> options, ClientInstruments instruments,
        ILogger logger, TimeProvider time)
    {
        _http = http;
        _options = options;
        _instruments = instruments;
        _logger = logger;
        _time = time;
        _tries = TriesWhile(MayPass);
        _batchTries = TriesWhile(static status =>
            !Answer.IsSuccess(status) && status != (int)HttpStatusCode.RequestEntityTooLarge);
    }

    private ResiliencePipeline<Answer> TriesWhile(Func<int, bool> mayPass)
    {
        var bounds = _options.CurrentValue;
        return new ResiliencePipelineBuilder<Answer> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is not null
                    ? !tried.Context.CancellationToken.IsCancellationRequested
                    : mayPass(tried.Outcome.Result!.Status)),
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
    /// <param name="failure">Keeps why the last try failed.</param>
    /// <param name="end">Ends the tries.</param>
    public async Task<Answer> PostAsync(
        string path, byte[] body, MediaTypeHeaderValue type, LastFailure failure, CancellationToken end) =>
        await _tries.ExecuteAsync(
            static (call, attempt) => call.Calls.TryAsync(call.Path, call.Body, call.Type, null, call.Failure, attempt),
            (Calls: this, Path: path, Body: body, Type: type, Failure: failure), end).ConfigureAwait(false);

    /// <summary>
    /// Posts a batch until the service takes it or calls it too large. The events of a refused batch have done nothing wrong: a
    /// key that is unknown today is known after its rotation.
    /// </summary>
    /// <param name="lines">NDJSON, the same for every try.</param>
    /// <param name="check">Throws <see cref="InvalidDataException"/> for an answer that was cut: it is tried again.</param>
    /// <param name="failure">Keeps why the last try failed.</param>
    /// <param name="end">Ends the tries.</param>
    public async Task<Answer> PostBatchAsync(byte[] lines, Action<Answer> check, LastFailure failure, CancellationToken end)
    {
        var answer = await _batchTries.ExecuteAsync(
            static (call, attempt) => call.Calls.TryAsync("v1/events", call.Lines, Ndjson, call.Check, call.Failure, attempt),
            (Calls: this, Lines: lines, Check: check, Failure: failure), end).ConfigureAwait(false);
        if (answer.IsOk && Interlocked.Exchange(ref _refusedWith, 0) is not 0)
            LogTakenAgain(_logger);
        return answer;
    }

    private async ValueTask<Answer> TryAsync(
        string path, byte[] body, MediaTypeHeaderValue type, Action<Answer>? check, LastFailure failure, CancellationToken end)
    {
        var options = _options.CurrentValue;
        try
        {
            var answer = await TryAsync(options, path, body, type, end).ConfigureAwait(false);
            if (answer.IsOk)
                check?.Invoke(answer);
            else
                failure.Keep(AnswerReader.FailureOf(answer, options.Address!));
            return answer;
        }
        catch (OperationCanceledException late)
        {
            failure.Keep(new TimeoutException($"{options.Address} gave no answer in time.", late));
            throw;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            failure.Keep(fault);
            throw;
        }
    }

    private async Task<Answer> TryAsync(
        GuestSessionsOptions options, string path, byte[] body, MediaTypeHeaderValue type, CancellationToken end)
    {
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
        if (tried.Outcome.Result is { } answer && !MayPass(answer.Status))
        {
            if (Interlocked.Exchange(ref _refusedWith, answer.Status) != answer.Status)
                LogBatchRefused(_logger, answer.Status, AnswerReader.ProblemOf(answer)?.Code);
            return ValueTask.CompletedTask;
        }

        LogRetry(_logger, tried.Outcome.Exception, tried.AttemptNumber + 1, tried.Outcome.Result?.Status, tried.RetryDelay);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether another try may get another answer: the statuses that the service calls passing.</summary>
    private static bool MayPass(int status) => (HttpStatusCode)status
        is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static Uri Below(Uri address, string path) =>
        address.AbsolutePath.EndsWith('/') ? new Uri(address, path) : new Uri($"{address.GetLeftPart(UriPartial.Path)}/{path}");

    [LoggerMessage(1, LogLevel.Warning, "Try {Attempt} failed with status {Status}. The next one is in {Delay}")]
    private static partial void LogRetry(ILogger logger, Exception? fault, int attempt, int? status, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Warning,
        "The service refuses batches with {Status} {Code}. Their events are kept and tried again: check the key, the tenant and the address")]
    private static partial void LogBatchRefused(ILogger logger, int status, string? code);

    [LoggerMessage(7, LogLevel.Information, "The service takes batches again")]
    private static partial void LogTakenAgain(ILogger logger);
}

/// <summary>An answer of the service, or of something before it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As it came.</param>
/// <param name="RetryAfter">When another try makes sense, where the answer says so.</param>
internal sealed record Answer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsOk => IsSuccess(Status);

    public static bool IsSuccess(int status) => status is >= 200 and < 300;
}
