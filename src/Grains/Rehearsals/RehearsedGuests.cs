using System.Collections.Concurrent;
using System.Diagnostics;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Browsers;

namespace GuestSessions.Grains.Rehearsals;

/// <summary>The guests of a rehearsal. Each has its browsers for itself, so none ever calls another.</summary>
internal sealed class RehearsedGuests : IOutcomeSink, IGuestPeers
{
    private readonly ConcurrentDictionary<GuestKey, RehearsedGuest> _guests = [];

    public async Task<RehearsedGuest> LoadAsync(GuestKey key, GuestPorts ports, CancellationToken cancellation)
    {
        // The dispatcher may look for it as soon as it is loaded.
        var guest = _guests[key] = new RehearsedGuest();
        await guest.LoadAsync(key, ports, cancellation);
        return guest;
    }

    public Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome) =>
        _guests[guest].RunAsync(runtime => runtime.Delivery.EndAsync(outcome));

    public Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) =>
        _guests[guest].RunAsync(runtime => runtime.EndBrowserIdAsync(answer));

    public Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message) => throw NoPeer();

    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId) => throw NoPeer();

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered) => throw NoPeer();

    public Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query) => throw NoPeer();

    public Task ReportDrainedAsync(GuestKey peer, DrainQuery query) => throw NoPeer();

    private static UnreachableException NoPeer() => new("Rehearsed guests share no browser.");
}

/// <summary>One guest without a grain: like a grain, it does one thing at a time.</summary>
internal sealed class RehearsedGuest : IGuestActivation
{
    private readonly TaskScheduler _home = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private GuestRuntime _guest = null!;

    TaskScheduler? IGuestActivation.Home => _home;

    public async Task LoadAsync(GuestKey key, GuestPorts ports, CancellationToken cancellation) =>
        _guest = await AtHomeAsync(() => GuestRuntime.LoadAsync(key, ports, this, cancellation));

    public Task<T> RunAsync<T>(Func<GuestRuntime, Task<T>> call) => AtHomeAsync(() => call(_guest));

    public Task RunAsync(Func<GuestRuntime, Task> call) => AtHomeAsync(async () =>
    {
        await call(_guest);
        return true;
    });

    void IGuestActivation.KeepAlive(TimeSpan span)
    {
    }

    /// <summary>Nobody loads it again: who waits for it fails, and so does the rehearsal.</summary>
    void IGuestActivation.End()
    {
    }

    private Task<T> AtHomeAsync<T>(Func<Task<T>> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _home).Unwrap();
}
