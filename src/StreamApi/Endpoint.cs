using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Resilience;
using GuestSessions.StreamApi.Wire;
using Polly;

namespace GuestSessions.StreamApi;

/// <summary>One tenant's upstream: its addresses, its connections and the resilience of each call.</summary>
internal sealed class Endpoint : IDisposable
{
    private readonly StreamApiOptions _options;
    private readonly TimeProvider _time;
    private readonly EndpointPipeline _pipeline;
    private readonly HttpMessageInvoker _http;
    private readonly UpstreamAddresses _addresses;

    /// <exception cref="UriFormatException">The base URL is not an absolute one.</exception>
    public Endpoint(TenantOptions tenant, SocketsHttpHandler handler, EndpointPipeline pipeline, TimeProvider time)
    {
        _options = tenant.StreamApi;
        _addresses = new UpstreamAddresses(tenant);
        _pipeline = pipeline;
        _time = time;

        // An HttpClient would only link another token to each call. The pipeline's time-out bounds the whole attempt, the
        // answer's body included.
        _http = new HttpMessageInvoker(handler);
    }

    public CircuitStatus Circuit => _pipeline.Circuit;

    /// <summary>Classifies an observation of this endpoint.</summary>
    public AttemptReport Classify(WireObservation seen, TimeSpan duration) =>
        Classification.Report(seen, duration, _options.UnavailableIsNotApplied);

    public ValueTask<WireObservation> SendAsync(SendRequest request, CancellationToken cancellation) =>
        _pipeline.RunAsync(
            static (call, timeout) => call.Endpoint.PostAsync(call.Request, timeout, call.Caller),
            (Endpoint: this, Request: request, Caller: cancellation), cancellation, request.CountsForCircuit);

    public ValueTask<WireObservation> CreateBrowserIdAsync(CancellationToken cancellation) =>
        _pipeline.RunAsync(
            static (call, timeout) => call.Endpoint.GetBrowserAsync(timeout, call.Caller),
            (Endpoint: this, Caller: cancellation), cancellation);

    public void Dispose() => _http.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<WireObservation>> PostAsync(
        SendRequest request, CancellationToken timeout, CancellationToken caller)
    {
        // The content checks again at the first byte. This check saves a connection that would not be used.
        if (_time.GetTimestamp() > request.ValidUntil)
            return Outcome.FromResult(new WireObservation(WireEnd.Expired));

        var body = Buffers.Rent();
        Compose(request, body);
        using var content = new EventContent(body.WrittenMemory, request.ValidUntil, _time);
        using var exchange = NewExchange(HttpMethod.Post, _addresses.EventsOf(request.PointOfSale));
        exchange.Content = content;
        VisitorHeaders.AddTo(exchange.Headers, request.UserAgent, request.Address);
        exchange.Begin();
        try
        {
            var seen = await ExchangeAsync(exchange, timeout);

            // After any failure, the connection may still read the body. Then it is not used again.
            if (content.IsWritten)
                Buffers.Return(body);
            return Outcome.FromResult(seen);
        }
        catch (Exception) when (content.HasExpired)
        {
            return Outcome.FromResult(new WireObservation(WireEnd.Expired));
        }
        catch (Exception) when (content.WasDeclined)
        {
            return Outcome.FromResult(new WireObservation(WireEnd.StreamRefused)
            {
                MayHaveLeft = true,
                Connection = exchange.Connection(mayHaveLeft: true),
            });
        }
        catch (Exception e)
        {
            // A request that may have been sent is in doubt, whatever failed. Otherwise the exception may be a bug of
            // ours.
            var mayHaveLeft = !content.Withdraw();
            if (!mayHaveLeft && !IsOfTheWire(e))
                throw;
            return Outcome.FromResult(new WireObservation(WireFailure.EndOf(e, caller, timeout))
            {
                MayHaveLeft = mayHaveLeft,
                Connection = exchange.Connection(mayHaveLeft),
            });
        }
    }

    /// <remarks>
    /// The handler silently resends a request without a body when a pooled connection dies under it. That is
    /// harmless here: at worst the upstream creates a browser id that nobody uses.
    /// </remarks>
    private async ValueTask<Outcome<WireObservation>> GetBrowserAsync(
        CancellationToken timeout, CancellationToken caller)
    {
        using var exchange = NewExchange(HttpMethod.Get, _addresses.CreateBrowser);
        exchange.Begin();
        try
        {
            return Outcome.FromResult(await ExchangeAsync(exchange, timeout));
        }
        catch (Exception e) when (IsOfTheWire(e))
        {
            var end = WireFailure.EndOf(e, caller, timeout);
            return Outcome.FromResult(new WireObservation(end)
            {
                // It is unknown when a request without a body was written: unless it had no connection, it may have
                // been sent.
                MayHaveLeft =
                    end is not (WireEnd.NameNotResolved or WireEnd.AddressNotAllowed or WireEnd.NotConnected or WireEnd.TlsFailed),
            });
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WireObservation> ExchangeAsync(Exchange exchange, CancellationToken timeout)
    {
        using var response = await _http.SendAsync(exchange, timeout);
        var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfter.Parse(values.ToString(), response.Headers.Date ?? _time.GetUtcNow())
            : null;
        return new WireObservation(WireEnd.Answered)
        {
            MayHaveLeft = true,
            Status = (int)response.StatusCode,
            Answer = await AnswerReader.ReadAsync(response.Content, timeout),
            RetryAfter = retryAfter,

            // Only a delivery reports its connection.
            Connection = exchange.Content is null ? null : exchange.Connection(mayHaveLeft: true),
        };
    }

    private void Compose(SendRequest request, IBufferWriter<byte> body) =>
        // The edge proxy fills in the key and the point of sale; SDKs send them empty.
        WireBody.Write(
            body, request.Body, request.Defaults, request.BrowserId,
            _addresses.IsEdge ? "" : _options.ClientKey,
            _options.SendsRequestedAt ? request.OccurredAt : null,
            _addresses.IsEdge ? "" : null);

    private static Exchange NewExchange(HttpMethod method, Uri address)
    {
        // HTTP/2 if TLS can negotiate it; clear text has no negotiation.
        var exchange = new Exchange(method, address)
        {
            Version = address.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

        // Not validated, because it is known to be valid.
        exchange.Headers.TryAddWithoutValidation("Accept", "application/json");
        return exchange;
    }

    private static bool IsOfTheWire(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException;
}
