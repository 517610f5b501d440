using System.Text;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Rehearsals;

/// <summary>
/// Takes events the whole way, from their JSON to the outcome of their delivery, in the parts that production runs. Their guests
/// exist in the rehearsal only. So the runtime compiles these parts before the first caller waits for them.
/// </summary>
/// <param name="journal">Over a store of its own, which is open.</param>
/// <param name="upstream">Accepts everything, within this process.</param>
/// <param name="options">Has the tenant <see cref="Tenant"/>.</param>
public sealed class Rehearsal(
    IJournal journal, IJournalCapacity capacity, IBrowserLedger ledger, IErasureStore erasures, IStreamClient upstream,
    IOptions<SessionsOptions> options, TimeProvider time) : IMemoryLevel
{
    public const string Tenant = "rehearsal";
    private const string PointOfSale = "rehearsal";

    /// <summary>As many as make the runtime compile what each event runs once more, and well.</summary>
    private const int Guests = 32, EventsOfGuest = 2;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    MemoryLevel IMemoryLevel.Level => MemoryLevel.Free;

    /// <summary>The options of a rehearsal. Its upstream has an address that no name leads to.</summary>
    public static SessionsOptions NewOptions() => new()
    {
        Tenants =
        {
            [Tenant] = new TenantOptions
            {
                StreamApi = { BaseUrl = "http://rehearsal.invalid", AllowInsecure = true, ClientKey = Tenant },
                PointsOfSale = { new PointOfSaleOptions { Name = PointOfSale } },
            },
        },
    };

    /// <summary>Completes when every event is delivered and its outcome is in the journal.</summary>
    /// <returns>Number of events.</returns>
    /// <exception cref="InvalidOperationException">An event was not accepted.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var gate = new DeliveryGate(options, upstream, time, NullLogger<DeliveryGate>.Instance);
        var guests = new RehearsedGuests();
        var instruments = new SessionInstruments(NoMeters.Instance);
        var dispatcher = new Dispatcher(
            gate, upstream, guests, instruments, time, TaskScheduler.Default, NullLogger<Dispatcher>.Instance);
        var ports = new GuestPorts(
            journal, capacity, ledger, erasures, guests, gate, dispatcher, new WatcherLimit(), this, instruments, options, time,
            NullLoggerFactory.Instance);
        await Task.WhenAll(Enumerable.Range(0, Guests).Select(number => RunAsync($"guest-{number}", guests, ports, cancellation)));
        return Guests * EventsOfGuest;
    }

    private async Task RunAsync(string name, RehearsedGuests guests, GuestPorts ports, CancellationToken cancellation)
    {
        var guest = await guests.LoadAsync(journal.Keyring.KeyOf(Tenant, name), ports, cancellation);
        for (var number = 0; number < EventsOfGuest; number++)
        {
            var request = new RecordRequest(name, [Event()], TraceParent: null);
            var answer = await guest.RunAsync(runtime => runtime.Recording.RecordAsync(request));
            if (answer.Results is not [{ Status: RecordStatus.Accepted }])
                throw new InvalidOperationException($"A rehearsed event was not accepted: {answer.Results[0]}");
        }

        while (await guest.RunAsync(static runtime => runtime.ReadAsync(static state => state.IsPending)))
            await Task.Delay(BetweenLooks, time, cancellation);
    }

    private EventToRecord Event()
    {
        var tenant = options.Value.Tenants[Tenant];
        var reader = new EnvelopeReader(new EventRules(
            tenant.PointsOfSale.ToDictionary(static pointOfSale => pointOfSale.Name), tenant.Defaults, options.Value.Ingest));
        var check = reader.Read(Encoding.UTF8.GetBytes($$"""
            {
              "event_id": "{{Guid.NewGuid()}}",
              "event": {"type":"{{EventTypes.View}}", "channel":"WEB", "language":"EN", "currency":"EUR", "page":"/", "pos":"{{PointOfSale}}"}
            }
            """));
        var envelope = check.Envelope
            ?? throw new InvalidOperationException($"A rehearsed event is not valid: {check.Errors[0]}");
        return new EventToRecord(envelope.EventId!, envelope.Hash, envelope.Event);
    }
}
