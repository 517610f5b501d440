using GuestSessions.Core;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Sessions;
using GuestSessions.Grains.Telemetry;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>
/// One guest's door and delivery over fakes. Everything runs on the test's own thread: what a test does has happened
/// when its call returns.
/// </summary>
internal sealed class Fixture : IOutcomeTaker
{
    /// <summary>The browser the guest owns from the start.</summary>
    public const string Browser = "browser-9";

    /// <summary>The browser id the upstream gives it; the guest owns it already, as before it is made its own.</summary>
    public const string OwnBrowser = "browser-1";

    private readonly TenantOptions _tenant = new();

    public Fixture(SessionLimits? limits = null, bool withDelivery = true, int inFlight = 2, GuestSession? state = null,
        bool ownsWhatItGets = true, SetClock? clock = null)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Clock = clock ?? new SetClock(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero)));
        Time = Clock.Ticks;
        Options.Tenants["demo"] = _tenant;
        Options.Delivery.InFlight = inFlight;
        Gate = new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(Options), Client, Time, NullLogger<DeliveryGate>.Instance);
        var dispatcher = new Dispatcher(
            Gate, Client, this, new SessionInstruments(NoMeters.Instance), Time, new InlineScheduler(),
            NullLogger<Dispatcher>.Instance);
        state ??= new GuestSession(limits ?? SessionLimits.Default);
        foreach (var browserId in ownsWhatItGets ? (string[])[Browser, OwnBrowser] : [Browser])
        {
            if (state.Browsers.Held(browserId) is null)
                state.Apply(new BrowserLinked(browserId, 1, Time.GetUtcNow()));
        }

        Door = new SessionDoor(
            Key, state, Journal, Clock, Clock.Boot, Broken.Add);
        Delivery = new GuestDelivery(
            Key, Door, Gate, dispatcher, _tenant.Delivery, Options.Delivery, static () => 0.5, static _ => { });
        if (!withDelivery)
            return;
        Door.Rider = Delivery;
        Delivery.Begin();
    }

    public GuestKey Key { get; } = new("demo", 42);
    public FakeTimeProvider Time { get; }
    public SetClock Clock { get; }
    public TenantDeliveryOptions Tenant => _tenant.Delivery;
    public FakeJournal Journal { get; } = new();
    public FakeStreamClient Client { get; } = new();
    public SessionsOptions Options { get; } = new();
    public DeliveryGate Gate { get; }
    public SessionDoor Door { get; }
    public GuestDelivery Delivery { get; }
    public List<Exception> Broken { get; } = [];

    /// <summary>What the last commit says, besides by which clock it was made.</summary>
    public IEnumerable<string> LastRow => Journal.Appended[^1].Events
        .Where(static @event => @event is not ClockSet { By.Ticks: 0 }).Select(static @event => @event.GetType().Name);

    public Task<RecordOutcome> Record(string eventId, string browserId = Browser, DateTimeOffset? occurredAt = null)
    {
        var body = Utf8Json.Parse($$"""{"id":"{{eventId}}"}""");
        var command = new RecordEvent(
            "cust-42", eventId, ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = "VIEW",
                Channel = "WEB",
                PointOfSale = "harbourbikes/ie",
                BrowserId = browserId,
                Body = body,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            occurredAt, default, OrderFloor: null, Tenant.Settle, TraceParent: null, default);
        return Door.EnterAsync(work =>
        {
            var now = Door.Clock.GetUtcNow();
            return work.Do(Decider.Record(work.State, command with { ReceivedAt = now, Now = now }));
        });
    }

    public Task TakeOutcomeAsync(GuestKey guest, OutcomeMessage outcome) => Delivery.EndAsync(outcome);

    public Task TakeBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) => Delivery.EndBrowserIdAsync(answer);

    /// <summary>Runs dispatcher work at once, where it was started.</summary>
    private sealed class InlineScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
