using System.Diagnostics.Metrics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_host_gets_a_client_of_its_configured_tenants()
    {
        var services = new ServiceCollection().AddStreamApi();
        services.Configure<SessionsOptions>(options => options.Tenants["acme"] = new TenantOptions
        {
            StreamApi = { BaseUrl = "https://stream.example", ClientKey = "key-1" },
        });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IStreamClient>();
        Assert.Equal(CircuitState.Closed, client.Circuit("acme").State);
        Assert.Throws<TenantNotConfiguredException>(() => client.Circuit("other"));
    }

    [Fact]
    public async Task A_tenant_that_is_in_force_can_be_sent_for_before_its_change_was_told()
    {
        await using var provider = new ServiceCollection().AddStreamApi().BuildServiceProvider();
        var client = provider.GetRequiredService<IStreamClient>();
        Assert.Throws<TenantNotConfiguredException>(() => client.Circuit("acme"));

        provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Tenants["acme"] = new TenantOptions
        {
            StreamApi = { BaseUrl = "https://stream.example", ClientKey = "key-1" },
        };

        Assert.Equal(CircuitState.Closed, client.Circuit("acme").State);
    }

    [Fact]
    public async Task Each_attempt_is_measured_by_tenant_and_outcome()
    {
        var measured = new List<string>();
        var meters = Clients.NewMeters();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "sessions.upstream.request.duration" && instrument.Meter.Scope == meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            measured.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        listener.Start();

        await using var server = new RawServer(Replies.Created, Replies.Reset);
        using var client = Clients.For(server.Url, meters: meters);
        await client.SendAsync(Clients.View(), CancellationToken.None);
        await client.SendAsync(Clients.View(), CancellationToken.None);
        await client.CreateBrowserIdAsync(Clients.Tenant, new CancellationToken(canceled: true));
        Assert.Equal(
            ["tenant=acme outcome=delivered", "tenant=acme outcome=in_doubt", "tenant=acme outcome=unsent"],
            measured);
    }
}
