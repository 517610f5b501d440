using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Resilience;
using GuestSessions.StreamApi.Wire;

namespace GuestSessions.StreamApi;

/// <summary>One tenant's upstream: its addresses, its connections and the resilience of each call.</summary>
internal sealed class Endpoint : IDisposable
{
    // Browser id, client key and time of the request, on top of body and defaults.
    private const int BodyOverhead = 256;

    private readonly StreamApiOptions _options;
    private readonly TimeProvider _time;
    private readonly EndpointPipeline _pipeline;
    private readonly HttpClient _http;
    private readonly UpstreamAddresses _addresses;

    /// <exception cref="UriFormatException">The base URL is not an absolute one.</exception>
    public Endpoint(TenantOptions tenant, SocketsHttpHandler handler, EndpointPipeline pipeline, TimeProvider time)
    {
        _options = tenant.StreamApi;
        _addresses = new UpstreamAddresses(tenant);
        _pipeline = pipeline;
        _time = time;

        // The pipeline's time-out bounds the whole attempt, the answer's body included.
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public CircuitStatus Circuit => _pipeline.Circuit;

    /// <summary>Classifies an observation of this endpoint.</summary>
    public AttemptReport Classify(WireObservation seen) =>
        Classification.Report(seen, _options.UnavailableIsNotApplied);

    public ValueTask<WireObservation> SendAsync(SendRequest request, CancellationToken cancellation) =>
        RunAsync(timeout => PostAsync(request, timeout, cancellation), cancellation, request.CountsForCircuit);

    public ValueTask<WireObservation> CreateBrowserIdAsync(CancellationToken cancellation) =>
        RunAsync(timeout => GetBrowserAsync(timeout, cancellation), cancellation);

    public void Dispose() => _http.Dispose();

    private async ValueTask<WireObservation> RunAsync(
        Func<CancellationToken, ValueTask<WireObservation>> call, CancellationToken cancellation, bool counts = true)
    {
        var start = _time.GetTimestamp();
        var seen = await _pipeline.RunAsync(call, cancellation, counts);
        return seen with { Duration = _time.GetElapsedTime(start) };
    }

    private async ValueTask<WireObservation> PostAsync(
        SendRequest request, CancellationToken timeout, CancellationToken caller)
    {
        // The content checks again at the first byte. This check saves a connection that would not be used.
        if (_time.GetTimestamp() > request.ValidUntil)
            return new WireObservation(WireEnd.Expired);

        using var content = new EventContent(Compose(request), request.ValidUntil, _time);
        using var message = NewMessage(HttpMethod.Post, _addresses.EventsOf(request.PointOfSale));
        message.Content = content;
        VisitorHeaders.AddTo(message.Headers, request.UserAgent, request.Address);
        var exchange = Exchange.Begin(message);
        try
        {
            return await ExchangeAsync(message, timeout) with { Connection = exchange.Connection(mayHaveLeft: true) };
        }
        catch (Exception) when (content.HasExpired)
        {
            return new WireObservation(WireEnd.Expired);
        }
        catch (Exception) when (content.WasDeclined)
        {
            return new WireObservation(WireEnd.StreamRefused)
            {
                MayHaveLeft = true,
                Connection = exchange.Connection(mayHaveLeft: true),
            };
        }
        catch (Exception e)
        {
            // A request that may have been sent is in doubt, whatever failed. Otherwise the exception may be a bug of
            // ours.
            var mayHaveLeft = !content.Withdraw();
            if (!mayHaveLeft && !IsOfTheWire(e))
                throw;
            return new WireObservation(WireFailure.EndOf(e, caller))
            {
                MayHaveLeft = mayHaveLeft,
                Connection = exchange.Connection(mayHaveLeft),
            };
        }
    }

    /// <remarks>
    /// The handler silently resends a request without a body when a pooled connection dies under it. That is
    /// harmless here: at worst the upstream creates a browser id that nobody uses.
    /// </remarks>
    private async ValueTask<WireObservation> GetBrowserAsync(
        CancellationToken timeout, CancellationToken caller)
    {
        using var message = NewMessage(HttpMethod.Get, _addresses.CreateBrowser);
        Exchange.Begin(message);
        try
        {
            return await ExchangeAsync(message, timeout);
        }
        catch (Exception e) when (IsOfTheWire(e))
        {
            var end = WireFailure.EndOf(e, caller);
            return new WireObservation(end)
            {
                // It is unknown when a request without a body was written: unless it had no connection, it may have
                // been sent.
                MayHaveLeft =
                    end is not (WireEnd.NameNotResolved or WireEnd.AddressNotAllowed or WireEnd.NotConnected or WireEnd.TlsFailed),
            };
        }
    }

    private async ValueTask<WireObservation> ExchangeAsync(
        HttpRequestMessage message, CancellationToken timeout)
    {
        using var response = await _http.SendAsync(
            message, HttpCompletionOption.ResponseHeadersRead, timeout);
        var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfter.Parse(values.ToString(), response.Headers.Date ?? _time.GetUtcNow())
            : null;
        return new WireObservation(WireEnd.Answered)
        {
            MayHaveLeft = true,
            Status = (int)response.StatusCode,
            Answer = await AnswerReader.ReadAsync(response.Content, timeout),
            RetryAfter = retryAfter,
        };
    }

    private ReadOnlyMemory<byte> Compose(SendRequest request)
    {
        var body = new ArrayBufferWriter<byte>(request.Body.Length + request.Defaults.Length + BodyOverhead);
        // The edge proxy fills in the key and the point of sale; SDKs send them empty.
        WireBody.Write(
            body, request.Body, request.Defaults, request.BrowserId,
            _addresses.IsEdge ? "" : _options.ClientKey,
            _options.SendsRequestedAt ? request.OccurredAt : null,
            _addresses.IsEdge ? "" : null);
        return body.WrittenMemory;
    }

    private static HttpRequestMessage NewMessage(HttpMethod method, Uri address) => new(method, address)
    {
        // HTTP/2 if TLS can negotiate it; clear text has no negotiation.
        Version = address.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        Headers =
        {
            Accept = { new MediaTypeWithQualityHeaderValue("application/json") },
            ExpectContinue = false,
        },
    };

    private static bool IsOfTheWire(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException;
}
