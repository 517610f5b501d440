using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.Guests.Delivery;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// One guest in memory. This is the only place that composes its parts: the grain, the simulation and the tests all create
/// guests here.
/// </summary>
internal sealed partial class GuestRuntime : IDisposable
{
    private readonly GuestKey _key;
    private readonly GuestPorts _ports;
    private readonly IGuestActivation _activation;
    private readonly SessionCommitter _committer;
    private readonly DrainWatch _drains;
    private readonly CommitSignal _signal;

    private GuestRuntime(
        GuestKey key, GuestSession state, GuestPorts ports, TenantOptions tenant, IGuestActivation activation)
    {
        (_key, _ports, _activation) = (key, ports, activation);
        _committer = new SessionCommitter(key, state, ports.Journal, ports.Patience, ports.Time, ports.Boot, OnBroken);

        _drains = new DrainWatch(key, _committer, ports.Peers, activation.KeepAlive, ports.Logger);
        Delivery = new GuestDelivery(key, _committer, ports, tenant.Delivery, activation);
        Watch = new DeliveryWatch(_committer, ports.Time);
        _signal = new CommitSignal(ports.Watchers, ports.Time);
        _committer.Begin(_drains, Delivery, Watch, _signal);

        var claims = new BrowserClaims(key, ports.Ledger, ports.Journal.Keyring, ports.Peers, ports.Patience, ports.Instruments);
        var receipts = new ReceiptReader(key, ports.Journal, _committer);
        var reused = new ReusedIds(receipts);
        var admission = new Admission(_committer, ports, activation);
        Browsers = new GuestBrowsers(_committer, claims, _drains);
        Recording = new Recording(key, _committer, Browsers, admission, reused, tenant, ports.Instruments);
        Validation = new Validation(_committer, claims, reused, tenant);
        Closing = new Closing(_committer, tenant);
        Reading = new Reading(key, _committer, receipts, new TimelineReader(receipts), ports.Gate, tenant);
        Live = new Live(key, ports.Journal, _committer, receipts, _signal);
        Support = new Support(_committer, Browsers, receipts, Reading);
        Replaying = new Replaying(_committer, receipts, admission, tenant);
    }

    /// <summary>The clock for all times of the guest.</summary>
    public TimeProvider Clock => _committer.Clock;

    public Recording Recording { get; }
    public Validation Validation { get; }
    public Closing Closing { get; }
    public Reading Reading { get; }
    public Live Live { get; }
    public Support Support { get; }
    public Replaying Replaying { get; }
    public GuestBrowsers Browsers { get; }
    public GuestDelivery Delivery { get; }
    public DeliveryWatch Watch { get; }

    /// <summary>Loads a guest into memory. It continues where its last activation ended.</summary>
    /// <exception cref="SessionUnavailableException">
    /// The guest cannot be read, or its tenant is not configured here.
    /// </exception>
    public static async Task<GuestRuntime> LoadAsync(
        GuestKey key, GuestPorts ports, IGuestActivation activation, CancellationToken cancellation)
    {
        var tenant = ports.Options.Tenants.GetValueOrDefault(key.Tenant)
            ?? throw new SessionUnavailableException("The guest's tenant is not configured on this silo.");
        var state = await LoadAsync(key, ports, cancellation);
        var guest = new GuestRuntime(key, state, ports, tenant, activation);
        await guest._drains.BeginAsync();
        await guest.Delivery.BeginAsync();
        return guest;
    }

    /// <summary>Runs a step in the guest's next commit.</summary>
    public Task<T> EnterAsync<T>(Func<SessionWork, T> command) => _committer.EnterAsync(command);

    /// <summary>Reads the durable state of the guest.</summary>
    public Task<T> ReadAsync<T>(Func<GuestSession, T> read) => _committer.ReadAsync(read);

    /// <summary>Records an event that came with a public key. Its guest waits for permits in the turn of its sender.</summary>
    public Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request)
    {
        Delivery.Sender = request.Sender;
        return Recording.RecordFromBrowserAsync(request);
    }

    /// <summary>Reports the outcome of a request for a browser id.</summary>
    public Task EndBrowserIdAsync(Contracts.Silos.BrowserIdMessage answer) => Browsers.EndBrowserIdAsync(Delivery, answer);

    /// <summary>Ensures that delivery is not stuck and that the activation is not stale.</summary>
    public async Task EnsureDeliveringAsync()
    {
        await Delivery.EnsureDeliveringAsync();
        await _committer.DetectStalenessAsync(CancellationToken.None);
    }

    public Task SaveSnapshotAsync() => _committer.SaveSnapshotAsync(CancellationToken.None);

    /// <summary>Whether the guest may leave memory, because no work of it is in progress.</summary>
    /// <param name="isWaitingToo">Whether it may leave with undelivered events. Recovery brings it back.</param>
    public bool MayLeave(bool isWaitingToo) => !Browsers.IsClaiming && _committer.IsAtRest(
        state => !Delivery.IsAtWork(state) && (isWaitingToo || !state.IsPending));

    /// <summary>
    /// Ends the work of this activation. The commit in progress may contain a start. It is sent, because a start that never
    /// leaves counts as one that may have arrived.
    /// </summary>
    /// <param name="withSnapshot">Whether a snapshot is offered, which shortens the next activation's start.</param>
    public async Task LeaveAsync(bool withSnapshot = true)
    {
        Delivery.Stop();
        try
        {
            await _committer.ReadAsync(static _ => { });
        }
        catch (SessionUnavailableException)
        {
            // The committer broke and said so. The next activation reads from the journal what is durable.
        }

        Dispose();
        if (withSnapshot)
            _committer.LeaveSnapshot();
    }

    public void Dispose()
    {
        _drains.Dispose();
        Delivery.Dispose();
        _signal.Dispose();
    }

    private static async Task<GuestSession> LoadAsync(GuestKey key, GuestPorts ports, CancellationToken cancellation)
    {
        try
        {
            return GuestSession.Of(await ports.Journal.LoadAsync(key, cancellation), ports.Options.Ingest.Limits);
        }
        catch (JournalCorruptException exception)
        {
            LogCorrupt(ports.Logger, key.HashText, exception);
            throw new SessionUnavailableException("The guest's journal cannot be read. An operator must inspect it.");
        }
        catch (JournalUnavailableException exception)
        {
            throw new SessionUnavailableException("The journal cannot be read now.", exception);
        }
    }

    private void OnBroken(Exception exception)
    {
        Dispose();
        _activation.End();
        if (exception is FencedException)
            LogFenced(_ports.Logger, _key.HashText);
        else
            LogBroken(_ports.Logger, _key.HashText, exception);
        _ports.Instruments.Broke(exception.GetType().Name);
    }
}
