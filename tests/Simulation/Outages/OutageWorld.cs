using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Storage;
using GuestSessions.Storage.Memory;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests.Outages;

/// <summary>
/// One silo with many guests over an upstream that may be away for long: production's journal, gate, dispatcher and guests,
/// a store in memory, and fake time.
/// </summary>
internal sealed class OutageWorld : IOutcomeSink, IDisposable
{
    private const string Tenant = "demo";

    private readonly Turns _turns = new();
    private readonly Random _random = new(1);
    private readonly Dictionary<GuestKey, Task<GuestRuntime>> _guests = [];
    private readonly HashSet<GuestKey> _waiting = [];
    private readonly GuestKeyring _keyring = new(new byte[GuestKeyring.SecretLength]);
    private readonly SessionsOptions _options = new();
    private readonly Journal _journal;
    private readonly DeliveryGate _gate;
    private readonly GuestPorts _ports;

    public OutageWorld(TenantDeliveryOptions delivery)
    {
        _options.Tenants[Tenant] = new TenantOptions { Delivery = delivery };
        Upstream = new PlainUpstream(Time, _random);
        _journal = new Journal(new MemoryStore(), Time, NoMeters.Instance, NullLogger<Journal>.Instance);
        var options = Microsoft.Extensions.Options.Options.Create(_options);
        _gate = new DeliveryGate(options, Upstream, Time, NullLogger<DeliveryGate>.Instance);
        GuestPorts ports = null!;
        _turns.Run(() =>
        {
            _ = _journal.OpenAsync(CancellationToken.None);
            var instruments = new SessionInstruments(NoMeters.Instance);
            var dispatcher = new Dispatcher(
                _gate, Upstream, this, instruments, Time,
                TaskScheduler.FromCurrentSynchronizationContext(), NullLogger<Dispatcher>.Instance);
            var capacity = new SimulatedCapacity();
            ports = new GuestPorts(
                _journal, capacity, _journal, new MemoryStore().Erasures, new NoPeers(), _gate, dispatcher, new WatcherLimit(), capacity, instruments,
                options, Time, NullLoggerFactory.Instance)
            {
                Chance = _random.NextDouble,
            };
        });
        _ports = ports;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public PlainUpstream Upstream { get; }

    /// <summary>Events that are neither delivered nor set aside.</summary>
    public int Undelivered
    {
        get
        {
            _waiting.RemoveWhere(guest => Count(guest, static state => state.Line.Count) == 0);
            return _waiting.Sum(guest => Count(guest, static state => state.Line.Count));
        }
    }

    public int Quarantined => _guests.Keys.Sum(guest => Count(guest, static state => state.SetAside.Count));

    public void Record(string guest, int number, bool poison = false) => _turns.Run(() =>
    {
        var key = _keyring.KeyOf(Tenant, guest);
        if (!_guests.TryGetValue(key, out var activation))
            _guests[key] = activation = GuestRuntime.LoadAsync(key, _ports, new Unbroken(), CancellationToken.None);
        _waiting.Add(key);
        _ = RecordAsync(activation, guest, number, poison);
    });

    public void Pass(TimeSpan span, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
            _turns.Run(() => Time.Advance(step));
    }

    public async Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome) =>
        await (await _guests[guest]).Delivery.EndAsync(outcome);

    public Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) => throw new NotSupportedException();

    public void Dispose() => _gate.Dispose();

    private static async Task RecordAsync(Task<GuestRuntime> activation, string guest, int number, bool poison)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"n":{{number}},"poison":{{(poison ? "true" : "false")}}}""");
        var answer = await (await activation).Recording.RecordAsync(new RecordRequest(guest,
        [
            new EventToRecord($"{number}", ContentHash.Of(body), new StreamEvent
            {
                Type = "VIEW",
                Channel = "WEB",
                PointOfSale = "harbourbikes/ie",
                BrowserId = guest,
                Body = new Utf8Json(body),
                SessionTimeout = TimeSpan.FromMinutes(20),
            }),
        ], TraceParent: null));
        if (answer.Results[0].Status != RecordStatus.Accepted)
            throw new InvalidOperationException($"Nothing is refused here: {answer.Results[0]}.");
    }

    private int Count(GuestKey guest, Func<GuestSession, int> count)
    {
        Task<int> read = null!;
        _turns.Run(() => read = _guests[guest].Result.ReadAsync(count));
        return read.Result;
    }

    private sealed class Unbroken : IGuestActivation
    {
        public TaskScheduler? Home => null;

        public void KeepAlive(TimeSpan span)
        {
        }

        public void End() => throw new InvalidOperationException("Nothing breaks a guest here.");
    }

    /// <summary>No browser changes hands.</summary>
    private sealed class NoPeers : IGuestPeers
    {
        public Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message) => throw new NotSupportedException();

        public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId) =>
            throw new NotSupportedException();

        public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered) =>
            throw new NotSupportedException();

        public Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query) => throw new NotSupportedException();

        public Task ReportDrainedAsync(GuestKey peer, DrainQuery query) => throw new NotSupportedException();
    }
}
