using GuestSessions.Core.Delivery;

namespace GuestSessions.Simulation.Tests;

/// <summary>The upstream as one process sees it, which must never have more under way than its gate allows.</summary>
internal sealed class BoundedClient(World world) : IStreamClient
{
    private int _underWay;

    public Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation) =>
        CountedAsync(() => world.Upstream.SendAsync(request, cancellation));

    public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation) =>
        CountedAsync(() => world.Upstream.CreateBrowserIdAsync(tenant, cancellation));

    public CircuitStatus Circuit(string tenant) => world.Upstream.Circuit(tenant);

    private async Task<T> CountedAsync<T>(Func<Task<T>> call)
    {
        if (++_underWay > world.Options.Delivery.InFlight)
            world.Overruns++;
        var result = await call();
        _underWay--;
        return result;
    }
}
