using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Storage;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// One silo: production's journal, group commit, gate, dispatcher and guests over simulated edges. It can be killed, and it
/// can be stopped for a while and continued like a process under SIGSTOP.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A process dies with its world; nothing in it outlives the test.")]
internal sealed class SimulatedProcess : SynchronizationContext, IOutcomeSink, IGuestPeers
{
    private readonly World _world;
    private readonly Dictionary<GuestKey, Task<SimulatedActivation>> _activations = [];
    private readonly Dictionary<GuestKey, Task> _leaving = [];
    private readonly Journal _journal;
    private DeliveryGate _gate = null!;
    private GuestPorts _ports = null!;

    public SimulatedProcess(World world, SetClock machine)
    {
        _world = world;
        Machine = machine;
        _journal = new Journal(world.Store, machine, NoMeters.Instance, NullLogger<Journal>.Instance);
        Enter(() =>
        {
            var opened = _journal.OpenAsync(CancellationToken.None);
            if (!opened.IsCompletedSuccessfully)
                throw new InvalidOperationException("A simulated journal opens at once.");
            SetUp();
        });
    }

    /// <summary>What it runs on.</summary>
    public SetClock Machine { get; }

    public bool IsDead { get; private set; }

    public bool IsStopped { get; set; }

    public Journal Journal => _journal;

    public int InFlight => _gate.InFlight;

    /// <summary>What its journal and its memory can take.</summary>
    public SimulatedCapacity Capacity { get; } = new();

    public void Kill() => IsDead = true;

    public override void Post(SendOrPostCallback d, object? state) => _world.Scheduler.Post(this, d, state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs something as part of this process.</summary>
    public void Enter(Action work)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            work();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>
    /// Calls the guest's activation as a message would: it runs here, whoever asks, and a dead process never answers.
    /// </summary>
    public Task<T> InvokeAsync<T>(GuestKey guest, Func<GuestRuntime, Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>();
        Post(_ => _ = RunAsync(), null);
        return answer.Task;

        async Task RunAsync()
        {
            try
            {
                answer.TrySetResult(await (await ActivateAsync(guest)).DuringAsync(call));
            }
            catch (Exception exception)
            {
                answer.TrySetException(exception);
            }
        }
    }

    /// <summary>A guest for those who only look at it.</summary>
    public Task<GuestRuntime> LoadAsync(GuestKey guest) => GuestRuntime.LoadAsync(
        guest, _ports, new SimulatedActivation(static _ => { }, null), CancellationToken.None);

    /// <summary>Memory is tight: a guest leaves if it may.</summary>
    public void Shed(int chosen, bool isWaitingToo) => Enter(() =>
    {
        var here = _activations.Values.Where(static activation => activation.IsCompletedSuccessfully).ToList();
        if (here.Count > 0 && here[chosen % here.Count].Result.TryLeave(isWaitingToo))
            _world.GuestsShed++;
    });

    /// <summary>The cluster no longer knows where a guest is: its activation ends, whatever it is doing.</summary>
    public void Deactivate(int chosen) => Enter(() =>
    {
        var here = _activations.Where(static known => known.Value.IsCompletedSuccessfully).ToList();
        if (here.Count == 0)
            return;
        var (guest, activation) = here[chosen % here.Count];
        activation.Result.End();
        _world.Forget(guest);
    });

    public async Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome)
    {
        await _world.LoseSometimesAsync();
        await _world.CallAsync(guest, activation => activation.Delivery.EndAsync(outcome));
        await _world.LoseSometimesAsync();
    }

    public async Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer)
    {
        await _world.LoseSometimesAsync();
        await _world.CallAsync(guest, activation => activation.EndBrowserIdAsync(answer));
    }

    public Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message) => _world.CallAsync(
        peer, activation => activation.Browsers.ReleaseAsync(message));

    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId) => _world.CallAsync(
        peer, activation => activation.Browsers.ReadBrowserAsync(browserId));

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered) =>
        _world.CallAsync(peer, activation => activation.Browsers.MapLocalAsync(guest, offered));

    public Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query) => _world.CallAsync(
        peer, activation => activation.Browsers.HasDrainedAsync(query));

    public Task ReportDrainedAsync(GuestKey peer, DrainQuery query) => _world.CallAsync(
        peer, activation => activation.Browsers.ReportDrainedAsync(query));

    private void SetUp()
    {
        var connections = new SimulatedConnections(_world);
        var options = Microsoft.Extensions.Options.Options.Create(_world.Options);
        var instruments = new SessionInstruments(NoMeters.Instance);
        _gate = new DeliveryGate(options, connections, Machine, NullLogger<DeliveryGate>.Instance);
        var dispatcher = new Dispatcher(
            _gate, connections, this, instruments, Machine,
            TaskScheduler.FromCurrentSynchronizationContext(), NullLogger<Dispatcher>.Instance);
        _ports = new GuestPorts(
            new StampedJournal(_journal, _world, Machine), Capacity, _journal, _world.Store.Erasures, this, _gate, dispatcher, new WatcherLimit(),
            Capacity, instruments, options, _world.ClockFor(Machine), NullLoggerFactory.Instance)
        {
            Boot = Machine.Boot,
            Chance = _world.Random.NextDouble,
        };
    }

    private Task<SimulatedActivation> ActivateAsync(GuestKey guest)
    {
        if (!_activations.TryGetValue(guest, out var activation))
            _activations[guest] = activation = StartAsync(guest);
        return activation;
    }

    private async Task<SimulatedActivation> StartAsync(GuestKey guest)
    {
        var activation = new SimulatedActivation(ended =>
        {
            if (_activations.TryGetValue(guest, out var known) && known.IsCompletedSuccessfully && known.Result == ended)
                _activations.Remove(guest);
            _leaving[guest] = ended.Left;
        }, _world.Random.Next(2) == 0 ? TaskScheduler.FromCurrentSynchronizationContext() : null);
        try
        {
            if (_leaving.Remove(guest, out var left))
                await left;
            activation.Guest = await GuestRuntime.LoadAsync(guest, _ports, activation, CancellationToken.None);
            return activation;
        }
        catch
        {
            _leaving.Remove(guest); // One that breaks while it is loaded never was there.
            _activations.Remove(guest);
            throw;
        }
    }
}
