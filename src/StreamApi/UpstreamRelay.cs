using System.Collections.Frozen;
using System.Net.Http.Headers;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi;

/// <summary>Forwards visitors' calls over separate connections, so that they do not wait behind deliveries.</summary>
internal sealed class UpstreamRelay : IUpstreamRelay, IDisposable
{
    // A decision has at most 10,000 characters: a longer answer is not one.
    private const int LongestAnswer = 1024 * 1024;

    private readonly SessionsOptions _options;
    private readonly TimeProvider _time;
    private volatile FrozenDictionary<string, (UpstreamAddresses Addresses, HttpClient Http)> _tenants;

    public UpstreamRelay(IOptions<SessionsOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _tenants = _options.Tenants.ToFrozenDictionary(static tenant => tenant.Key, tenant => Create(tenant.Value));
        _options.TenantsChanged += Change;
    }

    public Task<RelayedAnswer> ShowBrowserAsync(string tenant, string browserId, CancellationToken cancellation)
    {
        var (addresses, http) = Of(tenant);
        return ForwardAsync(http, new HttpRequestMessage(HttpMethod.Get, addresses.ShowBrowser(browserId)), cancellation);
    }

    public Task<RelayedAnswer> PersonalizeAsync(
        string tenant, PersonalizationCall call, CancellationToken cancellation)
    {
        var (addresses, http) = Of(tenant);
        var message = new HttpRequestMessage(HttpMethod.Post, addresses.PersonalizeFor(call.SiteId))
        {
            Content = new ReadOnlyMemoryContent(call.Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        VisitorHeaders.AddTo(message.Headers, call.UserAgent, call.Address);
        return ForwardAsync(http, message, cancellation);
    }

    public void Dispose()
    {
        _options.TenantsChanged -= Change;
        foreach (var (_, http) in _tenants.Values)
            http.Dispose();
    }

    /// <exception cref="TenantNotConfiguredException">This process does not know the tenant.</exception>
    private (UpstreamAddresses Addresses, HttpClient Http) Of(string tenant) =>
        _tenants.TryGetValue(tenant, out var found) ? found : throw new TenantNotConfiguredException(tenant);

    private (UpstreamAddresses Addresses, HttpClient Http) Create(TenantOptions tenant) => (
        new UpstreamAddresses(tenant), new HttpClient(UpstreamHandler.Create(tenant, _options.Delivery))
        {
            Timeout = _options.Delivery.ResponseTimeout,
            MaxResponseContentBufferSize = LongestAnswer,
        });

    /// <summary>As for deliveries: see <see cref="StreamClient"/>.</summary>
    private void Change(IReadOnlyList<TenantChange> changes)
    {
        var tenants = _tenants.ToDictionary();
        foreach (var change in changes.Where(UpstreamHandler.IsConcerned))
        {
            if (tenants.TryGetValue(change.Tenant, out var before))
                _ = RetireAsync(before.Http);
            tenants[change.Tenant] = Create(_options.Tenants[change.Tenant]);
        }

        _tenants = tenants.ToFrozenDictionary();
    }

    private async Task RetireAsync(HttpClient http)
    {
        await Task.Delay(_options.Delivery.TakeoverWait, _time);
        http.Dispose();
    }

    private static async Task<RelayedAnswer> ForwardAsync(
        HttpClient http, HttpRequestMessage message, CancellationToken cancellation)
    {
        using (message)
        {
            try
            {
                using var answer = await http.SendAsync(message, cancellation);
                return new RelayedAnswer(
                    (int)answer.StatusCode,
                    await answer.Content.ReadAsByteArrayAsync(cancellation));
            }
            catch (Exception e) when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                return new RelayedAnswer(null, default);
            }
        }
    }
}
