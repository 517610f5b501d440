using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>Clients of the one tenant <c>acme</c>.</summary>
internal static class Clients
{
    public const string Tenant = "acme";
    public const string BrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    public static readonly DeliveryOptions Delivery = new();

    /// <summary>After this an attempt has timed out, wherever it stands.</summary>
    public static TimeSpan WholeTimeout => Delivery.ConnectTimeout + Delivery.ResponseTimeout;

    public static StreamClient For(
        string baseUrl,
        TimeProvider? time = null,
        Action<SocketsHttpHandler>? configure = null,
        Action<TenantOptions>? tenant = null,
        IMeterFactory? meters = null,
        ILogger<StreamClient>? log = null)
    {
        var acme = new TenantOptions { StreamApi = { BaseUrl = baseUrl, ClientKey = "key-1", AllowPrivate = true } };
        tenant?.Invoke(acme);
        var options = new SessionsOptions { Delivery = Delivery, Tenants = { [Tenant] = acme } };
        return new StreamClient(
            Options.Create(options),
            new UpstreamInstruments(meters ?? NewMeters()),
            log ?? NullLogger<StreamClient>.Instance,
            time ?? TimeProvider.System,
            configure);
    }

    public static SendRequest View(string browserId = BrowserId, long validUntil = long.MaxValue) => new(
        Tenant,
        Utf8Json.Parse("""{"type":"VIEW","channel":"WEB","page":"/","n":1.10}"""),
        Utf8Json.Parse("""{"pos":"harbourbikes/ie"}"""),
        browserId,
        new DateTimeOffset(2026, 11, 23, 10, 15, 30, 120, TimeSpan.Zero),
        validUntil);

    public static IMeterFactory NewMeters() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
