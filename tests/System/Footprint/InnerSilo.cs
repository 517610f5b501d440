using System.Globalization;
using System.Text;
using GuestSessions.Clustering;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Grains;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Tenants;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GuestSessions.SystemTests.Footprint;

/// <summary>
/// A silo in the test's own process, so that the test can count what a guest costs there. The upstream accepts everything at
/// once and takes no memory.
/// </summary>
internal sealed class InnerSilo : IAsyncDisposable
{
    private const string Tenant = "demo";
    private const int AtOnce = 64;

    private readonly IHost _host;
    private readonly AcceptingUpstream _upstream = new();

    public InnerSilo(Func<IStore> store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<SessionsOptions>(static options => options.Tenants[Tenant] = new TenantOptions());
        builder.Services.AddSingleton<IStreamClient>(_upstream);
        builder.Services.AddJournal(_ => store());
        builder.Services.AddGuestDelivery(new ClusterSize(IsOneSilo: true));
        builder.UseOrleans(static silo => silo.AddCluster(new ServiceOptions()));
        builder.Services.AddGuestRecovery();
        _host = builder.Build();
    }

    /// <summary>Events that the upstream got.</summary>
    public long Sent => _upstream.Sent;

    /// <summary>Browser ids that the upstream was asked for.</summary>
    public long BrowserIds => _upstream.BrowserIds;

    public Task StartAsync() => _host.StartAsync();

    /// <summary>Records events of guests, each guest's one after the other, and waits until all are delivered.</summary>
    /// <param name="firstEvent">The number of the first event; 0 for guests who were never seen.</param>
    public async Task RecordAsync(int first, int guests, int eventsOfGuest, int firstEvent = 0)
    {
        var sent = Sent + ((long)guests * eventsOfGuest);
        await Parallel.ForEachAsync(
            Enumerable.Range(first, guests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => await RecordAsync(string.Create(CultureInfo.InvariantCulture, $"guest-{number}"), firstEvent, eventsOfGuest));
        await Eventually.TrueAsync(() => Sent >= sent, TimeSpan.FromMinutes(5), "every event is delivered");
        await Eventually.TrueAsync(async () => !await HasPendingAsync(), TimeSpan.FromMinutes(1), () => Task.FromResult("at rest"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<bool> HasPendingAsync() =>
        (await _host.Services.GetRequiredService<IJournal>().ReadPendingAsync(null, 1, CancellationToken.None)).Count > 0;

    private async Task RecordAsync(string guest, int first, int events)
    {
        var key = _host.Services.GetRequiredService<IJournal>().Keyring.KeyOf(Tenant, guest);
        var grain = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IGuestGrain>(key.ToString());
        for (var number = first; number < first + events; number++)
        {
            var answer = await grain.RecordAsync(new RecordRequest(guest, [Event(guest, number)], TraceParent: null));
            Assert.Equal(RecordStatus.Accepted, Assert.Single(answer.Results).Status);
        }
    }

    private static EventToRecord Event(string guest, int number)
    {
        var page = string.Create(CultureInfo.InvariantCulture, $"/tourers/{number}");
        var body = Encoding.UTF8.GetBytes($$"""{"type":"VIEW","page":"{{page}}","pos":"harbourbikes/ie"}""");
        var hash = ContentHash.Of(Encoding.UTF8.GetBytes($"{guest} {number}"));
        var @event = new StreamEvent
        {
            Type = "VIEW",
            Channel = "WEB",
            PointOfSale = "harbourbikes/ie",
            Page = page,
            Body = new Utf8Json(body),
            SessionTimeout = TimeSpan.FromMinutes(20),
        };
        return new EventToRecord($"{hash}-{number:000}", hash, @event, OccurredAt: null);
    }

    private sealed class AcceptingUpstream : IStreamClient
    {
        private static readonly AttemptReport Delivered = new() { Outcome = AttemptOutcome.Delivered };

        private long _sent;
        private long _browserIds;

        public long Sent => Interlocked.Read(ref _sent);

        public long BrowserIds => Interlocked.Read(ref _browserIds);

        public Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _sent);
            return Task.FromResult(Delivered);
        }

        public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _browserIds);
            return Task.FromResult(new BrowserIdReport(Guid.NewGuid().ToString(), null, Delivered));
        }

        public CircuitStatus Circuit(string tenant) => default;
    }
}
