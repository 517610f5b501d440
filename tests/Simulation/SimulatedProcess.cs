using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Storage;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// One silo: production's journal, group commit, gate, dispatcher, doors and deliveries over simulated edges. It can be
/// killed, and it can be stopped for a while and continued like a process under SIGSTOP.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A process dies with its world; nothing in it outlives the test.")]
internal sealed class SimulatedProcess : SynchronizationContext, IOutcomeTaker, ILines
{
    private readonly World _world;
    private readonly Dictionary<GuestKey, Task<Activation>> _activations = [];
    private readonly Journal _journal;
    private DeliveryGate _gate = null!;
    private Dispatcher _dispatcher = null!;

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
            var connections = new SimulatedConnections(world);
            _gate = new DeliveryGate(
                Microsoft.Extensions.Options.Options.Create(world.Options), connections, machine,
                NullLogger<DeliveryGate>.Instance);
            _dispatcher = new Dispatcher(
                _gate, connections, this, new SessionInstruments(NoMeters.Instance), machine,
                TaskScheduler.FromCurrentSynchronizationContext(), NullLogger<Dispatcher>.Instance);
        });
    }

    /// <summary>What it runs on.</summary>
    public SetClock Machine { get; }

    public bool IsDead { get; private set; }

    public bool IsStopped { get; set; }

    public Journal Journal => _journal;

    public int InFlight => _gate.InFlight;

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
    public Task<T> InvokeAsync<T>(GuestKey guest, Func<Activation, Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>();
        Post(_ => _ = RunAsync(), null);
        return answer.Task;

        async Task RunAsync()
        {
            try
            {
                answer.TrySetResult(await call(await ActivateAsync(guest)));
            }
            catch (Exception exception)
            {
                answer.TrySetException(exception);
            }
        }
    }

    public async Task TakeOutcomeAsync(GuestKey guest, OutcomeMessage outcome)
    {
        await _world.LoseSometimesAsync();
        await _world.CallAsync(guest, activation => activation.Delivery.EndAsync(outcome));
        await _world.LoseSometimesAsync();
    }

    public async Task TakeBrowserIdAsync(GuestKey guest, BrowserIdMessage answer)
    {
        await _world.LoseSometimesAsync();
        await _world.CallAsync(guest, async activation =>
        {
            await activation.Linking.EndBrowserIdAsync(activation.Delivery, answer);
            return true;
        });
    }

    public Task<ReleaseOutcome> ReleaseAsync(GuestKey line, ReleaseMessage message) => _world.CallAsync(
        line, activation => activation.Linking.ReleaseAsync(message));

    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey line, string browserId) => _world.CallAsync(
        line, activation => activation.Linking.ReadBrowserAsync(browserId));

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey line, string guest, UpstreamBrowserId offered) =>
        _world.CallAsync(line, activation => activation.Linking.MapLocalAsync(guest, offered));

    public Task<bool> HasDrainedAsync(GuestKey line, DrainQuery query) => _world.CallAsync(
        line, activation => activation.Linking.HasDrainedAsync(query));

    public Task TellDrainedAsync(GuestKey line, DrainQuery query) => _world.CallAsync(line, async activation =>
    {
        await activation.Linking.TakeDrainedAsync(query);
        return true;
    });

    private Task<Activation> ActivateAsync(GuestKey guest)
    {
        if (!_activations.TryGetValue(guest, out var activation))
            _activations[guest] = activation = LoadAsync(guest);
        return activation;
    }

    private async Task<Activation> LoadAsync(GuestKey guest)
    {
        try
        {
            var state = await SessionDoor.LoadAsync(guest, _journal, _world.Limits, CancellationToken.None);
            GuestDelivery? delivery = null;
            DrainWatch? drains = null;
            var door = new SessionDoor(guest, state, _journal, _world.ClockFor(Machine), Machine.Boot, _ =>
            {
                drains?.Dispose();
                delivery?.Dispose();
                _activations.Remove(guest);
            });
            delivery = new GuestDelivery(
                guest, door, _gate, _dispatcher, _world.Options.Tenants[World.Tenant].Delivery, _world.Options.Delivery,
                _world.Random.NextDouble, static _ => { });
            drains = new DrainWatch(guest, door, this, static _ => { }, NullLogger.Instance);
            var linking = new GuestLinking(
                door, new BrowserClaims(guest, _journal, _world.Keyring, this, Machine), drains);
            door.Rider = new CommitRiders(drains, delivery);
            drains.Begin();
            delivery.Begin();
            return new Activation(door, delivery, linking, Machine);
        }
        catch
        {
            _activations.Remove(guest);
            throw;
        }
    }
}

/// <summary>What a grain holds.</summary>
internal sealed record Activation(SessionDoor Door, GuestDelivery Delivery, GuestLinking Linking, SetClock Machine);
