using GuestSessions.Core;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Telemetry;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>
/// One guest's runtime over fakes. Its turns run on the test's own thread: what a test does has happened when its call
/// returns, save what awaits more than one commit.
/// </summary>
internal sealed class Fixture : IOutcomeSink, IGuestActivation
{
    /// <summary>The browser the guest owns from the start.</summary>
    public const string Browser = "browser-9";

    /// <summary>The browser id the upstream gives it; the guest owns it already, as before it is made its own.</summary>
    public const string OwnBrowser = "browser-1";

    private readonly BrokenLog _log = new();

    /// <param name="inFlight">Permits; with none nothing is sent.</param>
    /// <param name="state">What the journal holds of the guest; nothing where it is null.</param>
    public Fixture(
        SessionLimits? limits = null, int inFlight = 2, StoredSession? state = null, bool ownsWhatItGets = true,
        SetClock? clock = null, TimeSpan settle = default)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Clock = clock ?? new SetClock(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero)));
        Time = Clock.Ticks;
        Tenant.Settle = settle;
        Options.Tenants["demo"] = new TenantOptions { Delivery = Tenant };
        Options.Delivery.InFlight = inFlight;
        Options.Ingest.Limits = limits ?? SessionLimits.Default;
        Gate = new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(Options), Client, Time, NullLogger<DeliveryGate>.Instance);
        Journal.Stored = state ?? New(ownsWhatItGets ? [Browser, OwnBrowser] : [Browser]);
        Ports = new GuestPorts(
            Journal, Capacity, Ledger, Erasures, Peers, Gate, Dispatcher(), new WatcherLimit(), Capacity,
            new SessionInstruments(NoMeters.Instance), Microsoft.Extensions.Options.Options.Create(Options), Clock, _log.ToFactory())
        {
            Boot = Clock.Boot,
            Chance = static () => 0.5,
        };
        Guest = GuestRuntime.LoadAsync(Key, Ports, this, CancellationToken.None).GetAwaiter().GetResult();
    }

    public GuestKey Key { get; } = new("demo", 42);
    public FakeTimeProvider Time { get; }
    public SetClock Clock { get; }
    public TenantDeliveryOptions Tenant { get; } = new();
    public FakeJournal Journal { get; } = new();
    public FakeLedger Ledger { get; } = new();
    public FakeErasures Erasures { get; } = new();
    public FakePeers Peers { get; } = new();
    public FakeCapacity Capacity { get; } = new();
    public FakeStreamClient Client { get; } = new();
    public SessionsOptions Options { get; } = new();
    public DeliveryGate Gate { get; }
    public GuestPorts Ports { get; }
    public GuestRuntime Guest { get; }

    /// <summary>Why the guest's committer broke.</summary>
    public IReadOnlyList<Exception> Broken => _log.Broken;

    /// <summary>How often the activation was to end.</summary>
    public int Ended { get; private set; }

    /// <summary>What the last commit says, besides by which clock it was made.</summary>
    public IEnumerable<string> LastRow => Journal.Appended[^1].Events
        .Where(static @event => @event is not ClockSet { By.Ticks: 0 }).Select(static @event => @event.GetType().Name);

    public async Task<RecordResult> Record(string eventId, string? browserId = Browser, DateTimeOffset? occurredAt = null)
    {
        var answer = await Guest.Recording.RecordAsync(
            new RecordRequest("cust-42", [Event(eventId, browserId, occurredAt)], TraceParent: null));
        return Assert.Single(answer.Results);
    }

    public static EventToRecord Event(string eventId, string? browserId = Browser, DateTimeOffset? occurredAt = null)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{eventId}}"}""");
        var @event = new StreamEvent
        {
            Type = "VIEW",
            Channel = "WEB",
            PointOfSale = "harbourbikes/ie",
            BrowserId = browserId,
            Body = new Utf8Json(body),
            SessionTimeout = TimeSpan.FromMinutes(20),
        };
        return new EventToRecord(eventId, ContentHash.Of(body), @event, occurredAt);
    }

    /// <summary>Reads the guest's state when nothing is under way.</summary>
    public T Read<T>(Func<GuestSession, T> read)
    {
        var answer = Guest.ReadAsync(read);
        Assert.True(answer.IsCompleted, "Something is under way.");
        return answer.GetAwaiter().GetResult();
    }

    /// <summary>What the next activation will find.</summary>
    public StoredSession Stored() => new(Read(static state => state.ToSnapshot()), []);

    /// <summary>How many outcomes came as calls.</summary>
    public int OutcomesCalled { get; private set; }

    public Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome)
    {
        OutcomesCalled++;
        return Guest.Delivery.EndAsync(outcome);
    }

    public Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) => Guest.EndBrowserIdAsync(answer);

    TaskScheduler? IGuestActivation.Home => TakesOutcomesItself ? new InlineScheduler() : null;

    /// <summary>Whether the activation takes outcomes without a call.</summary>
    public bool TakesOutcomesItself { get; set; }

    void IGuestActivation.KeepAlive(TimeSpan span)
    {
    }

    void IGuestActivation.End() => Ended++;

    private StoredSession New(IEnumerable<string> browserIds) => new(null,
    [
        new JournalCommit(
            0, default, [.. browserIds.Select(browserId => new BrowserLinked(browserId, 1, Time.GetUtcNow()))]),
    ]);

    private Dispatcher Dispatcher() => new(
        Gate, Client, this, new SessionInstruments(NoMeters.Instance), Time, new InlineScheduler(),
        NullLogger<Dispatcher>.Instance);

    /// <summary>Runs dispatcher work at once, where it was started.</summary>
    private sealed class InlineScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
