using System.Collections.Frozen;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Resilience;
using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>The upstream over HTTP, with one endpoint per tenant, which is replaced when its settings change.</summary>
internal sealed partial class StreamClient : IStreamClient, IDisposable
{
    private readonly SessionsOptions _options;
    private readonly Action<SocketsHttpHandler>? _configure;
    private readonly Lock _turn = new();
    private volatile FrozenDictionary<string, Endpoint> _endpoints;
    private readonly UpstreamInstruments _instruments;
    private readonly ILogger _log;
    private readonly TimeProvider _time;

    public StreamClient(
        IOptions<SessionsOptions> options,
        UpstreamInstruments instruments,
        ILogger<StreamClient> log,
        TimeProvider time,
        Action<SocketsHttpHandler>? configure = null)
    {
        _instruments = instruments;
        _log = log;
        _time = time;
        _options = options.Value;
        _configure = configure;
        _endpoints = _options.Tenants.ToFrozenDictionary(tenant => tenant.Key, tenant => Create(tenant.Key, tenant.Value));
        _options.TenantsChanged += Change;
    }

    public async Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation)
    {
        var endpoint = EndpointOf(request.Tenant);
        var start = _time.GetTimestamp();
        var seen = await endpoint.SendAsync(request, cancellation);
        return Told(request.Tenant, endpoint.Classify(seen, _time.GetElapsedTime(start)));
    }

    public async Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation)
    {
        var endpoint = EndpointOf(tenant);
        var start = _time.GetTimestamp();
        var seen = await endpoint.CreateBrowserIdAsync(cancellation);
        var attempt = endpoint.Classify(seen, _time.GetElapsedTime(start));
        if (attempt.Outcome != AttemptOutcome.Delivered)
            return new BrowserIdReport(null, null, Told(tenant, attempt));

        if (!Guid.TryParseExact(attempt.Reference, "D", out var id) || id == Guid.Empty)
        {
            // The upstream answered, but not with a browser id that an event can be sent with.
            var unusable = attempt with
            {
                Outcome = AttemptOutcome.InDoubt,
                Reference = null,
                Answer = seen.Answer.Text,
                Error = "browser_id_malformed",
            };
            return new BrowserIdReport(null, null, Told(tenant, unusable));
        }

        return new BrowserIdReport(attempt.Reference, seen.Answer.CustomerReference, Told(tenant, attempt));
    }

    public CircuitStatus Circuit(string tenant) => EndpointOf(tenant).Circuit;

    public void Dispose()
    {
        _options.TenantsChanged -= Change;
        foreach (var endpoint in _endpoints.Values)
            endpoint.Dispose();
    }

    /// <exception cref="TenantNotConfiguredException">This process does not know the tenant.</exception>
    private Endpoint EndpointOf(string tenant) =>
        _endpoints.TryGetValue(tenant, out var endpoint) ? endpoint : NewEndpointOf(tenant);

    /// <summary>A tenant is in force a moment before this hears of it, and its guests may send at once.</summary>
    private Endpoint NewEndpointOf(string tenant)
    {
        lock (_turn)
        {
            if (_endpoints.TryGetValue(tenant, out var known))
                return known;
            if (!_options.Tenants.TryGetValue(tenant, out var options))
                throw new TenantNotConfiguredException(tenant);
            var endpoint = Create(tenant, options);
            _endpoints = _endpoints.Append(KeyValuePair.Create(tenant, endpoint)).ToFrozenDictionary();
            return endpoint;
        }
    }

    private Endpoint Create(string name, TenantOptions tenant)
    {
        var handler = UpstreamHandler.Create(tenant, _options.Delivery);
        _configure?.Invoke(handler);
        var pipeline = new EndpointPipeline(_options.Delivery, _time, isOpen => NoteCircuit(name, isOpen));
        return new Endpoint(tenant, handler, pipeline, _time);
    }

    /// <summary>A removed tenant keeps its endpoint for what is under way.</summary>
    private void Change(IReadOnlyList<TenantChange> changes)
    {
        lock (_turn)
        {
            var endpoints = _endpoints.ToDictionary();
            foreach (var change in changes.Where(UpstreamHandler.IsConcerned))
            {
                if (endpoints.TryGetValue(change.Tenant, out var before))
                    _ = RetireAsync(before);
                endpoints[change.Tenant] = Create(change.Tenant, _options.Tenants[change.Tenant]);
            }

            _endpoints = endpoints.ToFrozenDictionary();
        }
    }

    /// <summary>Ends an endpoint after the requests that it may have under way.</summary>
    private async Task RetireAsync(Endpoint endpoint)
    {
        await Task.Delay(_options.Delivery.TakeoverWait, _time);
        endpoint.Dispose();
    }

    private AttemptReport Told(string tenant, AttemptReport attempt)
    {
        _instruments.Attempted(tenant, attempt);
        return attempt;
    }

    private void NoteCircuit(string tenant, bool isOpen)
    {
        if (isOpen)
            LogCircuitOpened(tenant, EndpointPipeline.Break);
        else
            LogCircuitClosed(tenant);
    }
}
