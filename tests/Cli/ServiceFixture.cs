using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.Cli.Tests;

/// <summary>One service for the tests that only call it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private Upstream? _upstream;
    private SiloProcess? _silo;

    public Uri Address => _silo!.Address;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(_upstream.Address, ("Privacy:SecondSearchAfter", "00:00:00"));
        await _silo.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _silo!.DisposeAsync();
        await _upstream!.DisposeAsync();
    }
}
