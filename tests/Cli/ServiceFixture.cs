using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.Cli.Tests;

/// <summary>One service for the tests that only call it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private Upstream? _upstream;
    private SiloProcess? _silo;

    public Uri Address => _silo!.Address;

    /// <summary>Makes the upstream refuse the next events of a type.</summary>
    public void Refuse(string type, int times) =>
        _upstream!.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 400, Type = type, Times = times });

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
