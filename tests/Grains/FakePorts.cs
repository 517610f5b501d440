using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Browsers;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Tests;

/// <summary>What journal and memory take.</summary>
internal sealed class FakeCapacity : IJournalCapacity, IMemoryLevel
{
    public JournalCapacity Capacity { get; set; }

    public MemoryLevel Level { get; set; }
}

/// <summary>Every browser is another guest's, who has it until it gives it up.</summary>
internal sealed class FakeLedger : IBrowserLedger
{
    /// <summary>What reads wait for.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Whoever owns every browser; null while nobody does.</summary>
    public BrowserOwner? Owner { get; set; } = new(new GuestKey("demo", 7), "cust-7", Generation: 3, Previous: null);

    public async Task<BrowserOwner?> ReadOwnerAsync(string tenant, string browserId, CancellationToken cancellation)
    {
        await Held;
        return Owner;
    }

    public Task<BrowserOwner> ClaimAsync(BrowserClaim claim, CancellationToken cancellation)
    {
        var isNew = Owner is null;
        if (claim.After == (Owner?.Generation ?? 0))
            Owner = new BrowserOwner(claim.Guest, claim.Name, claim.After + 1, Owner?.Guest);
        return Task.FromResult(Owner! with { IsNew = isNew });
    }
}

/// <summary>No other guest answers, but to a release where the test says so.</summary>
internal sealed class FakePeers : IGuestPeers
{
    public Task<ReleaseOutcome>? Release { get; set; }

    public Task<ReleaseOutcome> ReleaseAsync(GuestKey peer, ReleaseMessage message) =>
        Release ?? throw new NotSupportedException();

    public Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(GuestKey peer, string browserId) =>
        throw new NotSupportedException();

    public Task<UpstreamBrowserId?> MapLocalAsync(GuestKey peer, string guest, UpstreamBrowserId offered) =>
        throw new NotSupportedException();

    public Task<bool> HasDrainedAsync(GuestKey peer, DrainQuery query) => throw new NotSupportedException();

    public Task ReportDrainedAsync(GuestKey peer, DrainQuery query) => throw new NotSupportedException();
}

/// <summary>Keeps what a guest's runtime logs of its end.</summary>
internal sealed class BrokenLog : ILogger
{
    private const int Fenced = 1002;

    private readonly List<Exception> _broken = [];

    public IReadOnlyList<Exception> Broken => _broken;

    public ILoggerFactory ToFactory() => new OneLogger(this);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == Fenced)
            _broken.Add(new FencedException());
        else if (exception is not null)
            _broken.Add(exception);
    }

    private sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
