using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Guests;

/// <summary>What the commits of a guest need of its silo.</summary>
public interface ICommitPorts
{
    IJournal Journal { get; }
    TimeProvider Time { get; }

    /// <summary>How long a guest waits for the store.</summary>
    Patience Patience { get; }

    /// <summary>See <see cref="MachineBoot"/>.</summary>
    Guid Boot { get; }
}

/// <summary>The services that a silo provides to each of its guests.</summary>
public sealed class GuestPorts(
    IJournal journal,
    IJournalCapacity capacity,
    IBrowserLedger ledger,
    IErasureStore erasures,
    IGuestPeers peers,
    DeliveryGate gate,
    Dispatcher dispatcher,
    WatcherLimit watchers,
    IMemoryLevel memory,
    SessionInstruments instruments,
    IOptions<SessionsOptions> options,
    TimeProvider time,
    ILoggerFactory loggers) : ICommitPorts
{
    public IJournal Journal => journal;
    public IJournalCapacity Capacity => capacity;
    public IBrowserLedger Ledger => ledger;
    public IErasureStore Erasures => erasures;
    public ErasedTerms Erased { get; } = new(erasures, time);
    public IGuestPeers Peers => peers;
    public DeliveryGate Gate => gate;
    public Dispatcher Dispatcher => dispatcher;
    public WatcherLimit Watchers => watchers;
    public IMemoryLevel Memory => memory;
    public SessionInstruments Instruments => instruments;
    public SessionsOptions Options => options.Value;
    public TimeProvider Time => time;
    public ILogger Logger { get; } = loggers.CreateLogger<GuestRuntime>();

    public Patience Patience { get; } = new(Patience.WithTheStore, time);

    public Guid Boot { get; init; } = MachineBoot.Id;

    /// <summary>Returns a uniform random number in [0, 1), for the jitter of back-offs.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}

/// <summary>The activation that a guest lives in.</summary>
internal interface IGuestActivation
{
    /// <summary>Runs what concerns the guest from outside a call; null if outcomes have to come as calls.</summary>
    TaskScheduler? Home { get; }

    /// <summary>Keeps the activation from being collected for the given time; zero ends that.</summary>
    void KeepAlive(TimeSpan span);

    /// <summary>Ends the activation after its calls have ended. The next call creates a new one.</summary>
    void End();
}
