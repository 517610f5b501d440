using GuestSessions.Core;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Sessions;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Storage;
using GuestSessions.Storage.Memory;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests.Outages;

/// <summary>
/// One silo with many guests over an upstream that may be away for long: production's journal, gate, dispatcher, doors and
/// deliveries, a store in memory, and fake time.
/// </summary>
internal sealed class OutageWorld : IOutcomeTaker, IDisposable
{
    private const string Tenant = "demo";

    private readonly Turns _turns = new();
    private readonly Random _random = new(1);
    private readonly Dictionary<GuestKey, (SessionDoor Door, GuestDelivery Delivery)> _guests = [];
    private readonly GuestKeyring _keyring = new(new byte[GuestKeyring.SecretLength]);
    private readonly SessionsOptions _options = new();
    private readonly Journal _journal;
    private readonly DeliveryGate _gate;
    private readonly Dispatcher _dispatcher;

    public OutageWorld(TenantDeliveryOptions delivery)
    {
        _options.Tenants[Tenant] = new TenantOptions { Delivery = delivery };
        Upstream = new PlainUpstream(Time, _random);
        _journal = new Journal(new MemoryStore(), Time, NoMeters.Instance, NullLogger<Journal>.Instance);
        _gate = new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(_options), Upstream, Time, NullLogger<DeliveryGate>.Instance);
        Dispatcher dispatcher = null!;
        _turns.Run(() =>
        {
            _ = _journal.OpenAsync(CancellationToken.None);
            dispatcher = new Dispatcher(
                _gate, Upstream, this, new SessionInstruments(NoMeters.Instance), Time,
                TaskScheduler.FromCurrentSynchronizationContext(), NullLogger<Dispatcher>.Instance);
        });
        _dispatcher = dispatcher;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public PlainUpstream Upstream { get; }

    /// <summary>Events that are neither delivered nor set aside.</summary>
    public int Undelivered => _guests.Values.Sum(static guest => guest.Door.State.Line.Count);

    public int Quarantined => _guests.Values.Sum(static guest => guest.Door.State.SetAside.Count);

    public void Record(string guest, int number, bool poison = false) => _turns.Run(() =>
    {
        var key = _keyring.KeyOf(Tenant, guest);
        if (!_guests.TryGetValue(key, out var activation))
            _guests[key] = activation = Activate(key, guest);
        var body = Utf8Json.Parse($$"""{"n":{{number}},"poison":{{(poison ? "true" : "false")}}}""");
        var now = Time.GetUtcNow();
        var command = new RecordEvent(
            guest, $"{number}", ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = "VIEW",
                Channel = "WEB",
                PointOfSale = "harbourbikes/ie",
                BrowserId = guest,
                Body = body,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            OccurredAt: null, now, OrderFloor: null, Settle: TimeSpan.Zero, TraceParent: null, now);
        _ = activation.Door.EnterAsync(work => work.Do(Decider.Record(work.State, command)));
    });

    public void Pass(TimeSpan span, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
            _turns.Run(() => Time.Advance(step));
    }

    public Task TakeOutcomeAsync(GuestKey guest, OutcomeMessage outcome) => _guests[guest].Delivery.EndAsync(outcome);

    public Task TakeBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) => throw new NotSupportedException();

    public void Dispose() => _gate.Dispose();

    private (SessionDoor Door, GuestDelivery Delivery) Activate(GuestKey key, string browserId)
    {
        var state = new GuestSession(SessionLimits.Default);
        state.Apply(new BrowserLinked(browserId, 1, Time.GetUtcNow()));
        var door = new SessionDoor(key, state, _journal, Time, Guid.NewGuid(),
            static exception => throw new InvalidOperationException("Nothing breaks a door here.", exception));
        var delivery = new GuestDelivery(
            key, door, _gate, _dispatcher, _options.Tenants[Tenant].Delivery, _options.Delivery,
            _random.NextDouble, static _ => { });
        door.Rider = delivery;
        delivery.Begin();
        return (door, delivery);
    }
}
