using GuestSessions.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Tenants;

public sealed class ExtTypeRefreshTests
{
    [Fact]
    public async Task A_fault_that_nobody_expects_is_logged_at_each_tick_and_ends_no_host()
    {
        using var log = new RecordingLog();
        await using var api = await ApiHost.StartAsync(configure: builder => builder.Logging.AddProvider(log));
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        api.Cluster.ExtTypes(ApiHost.Tenant).Fault = new InvalidOperationException("a fault of ours");

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return log.Lines.Count(static line => line.StartsWith("Error The types of ext attributes", StringComparison.Ordinal)
                && line.Contains("a fault of ours", StringComparison.Ordinal)) >= 2;
        });

        Assert.False(api.App.Lifetime.ApplicationStopping.IsCancellationRequested);
    }
}
