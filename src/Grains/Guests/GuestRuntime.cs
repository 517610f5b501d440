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
internal sealed partial class GuestRuntime : ICommitterOwner, IDisposable
{
    private readonly GuestPorts _ports;
    private readonly TenantOptions _tenant;
    private readonly IGuestActivation _activation;
    private readonly SessionCommitter _committer;
    private readonly DrainWatch _drains;
    private DeliveryWatch? _watch;
    private CommitSignal? _signal;

    private GuestRuntime(
        GuestKey key, GuestSession state, byte[] kept, GuestPorts ports, TenantOptions tenant, IGuestActivation activation)
    {
        (_ports, _tenant, _activation, IsErased) = (ports, tenant, activation, state.IsErased);
        _committer = new SessionCommitter(key, state, kept, ports, this);
        _drains = new DrainWatch(_committer, ports, activation);
        Delivery = new GuestDelivery(_committer, ports, tenant.Delivery, activation);
        Browsers = new GuestBrowsers(_committer, ports, _drains);
        Recording = new Recording(_committer, Browsers, ports, tenant, this);
    }

    /// <summary>The clock for all times of the guest.</summary>
    public TimeProvider Clock => _committer.Clock;

    /// <summary>Whether the guest has a tombstone: it accepts nothing. That never changes for an activation.</summary>
    public bool IsErased { get; }

    /// <summary>Whether the tombstone is being written.</summary>
    public bool IsErasing { get; set; }

    public GuestDelivery Delivery { get; }
    public GuestBrowsers Browsers { get; }
    public Recording Recording { get; }

    // Parts that a guest needs only when someone waits for it.
    public DeliveryWatch Watch => _watch ??= new DeliveryWatch(_committer, _ports.Time);
    private CommitSignal Signal => _signal ??= new CommitSignal(_ports.Watchers, _ports.Time);

    // Parts without a state of their own exist for a call only: most guests in memory are idle.
    public Validation Validation => new Validation(_committer, _ports, Reused, _tenant);
    public Closing Closing => new Closing(_committer, _tenant);
    public Reading Reading => new Reading(_committer, Receipts, new TimelineReader(Receipts), _ports.Gate, _tenant);
    public Live Live => new Live(_committer, _ports.Journal, Receipts, Signal);
    public Support Support => new Support(_committer, Browsers, Receipts, Reading);
    public Blanking Blanking => new Blanking(_committer, Receipts, Reading, _ports);
    public Consent Consent => new Consent(_committer, _ports, _tenant, this);
    public Erasing Erasing => new Erasing(_committer, Delivery, _ports, this);
    public Replaying Replaying => new Replaying(_committer, Receipts, Admission, _tenant);
    public ReusedIds Reused => new ReusedIds(Receipts);
    public Admission Admission => new(_committer, _ports, _activation);
    private ReceiptReader Receipts => new ReceiptReader(_committer, _ports.Journal);

    /// <summary>Loads a guest into memory. It continues where its last activation ended.</summary>
    /// <exception cref="SessionUnavailableException">
    /// The guest cannot be read, or its tenant is not configured here.
    /// </exception>
    public static async Task<GuestRuntime> LoadAsync(
        GuestKey key, GuestPorts ports, IGuestActivation activation, CancellationToken cancellation)
    {
        var tenants = ports.Options.Tenants.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!tenants.TryGetValue(key.Tenant, out var name, out var tenant))
            throw new SessionUnavailableException("The guest's tenant is not configured on this silo.");
        key = key with { Tenant = name }; // All its guests share the text.
        var stored = await LoadAsync(key, ports, cancellation);
        var state = GuestSession.Of(stored, ports.Options.Ingest.Limits);
        var guest = new GuestRuntime(key, state, stored.Kept, ports, tenant, activation);
        await guest.DoubtRestoredAsync(state);
        await guest._drains.BeginAsync();
        await guest.Delivery.BeginAsync();
        if (state.Blanking.Count > 0)
            _ = guest.Blanking.ContinueAsync();
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
        await Blanking.ContinueAsync();
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

    /// <summary>Ends the activation at once. Its waiting calls fail as unavailable, and its memory is not used again.</summary>
    public void End(Exception reason) => _committer.End(reason);

    public void Dispose()
    {
        _drains.Dispose();
        Delivery.Dispose();
        _signal?.Dispose();
    }

    /// <summary>What a commit contains besides the decisions that caused it, in this order.</summary>
    void ICommitParticipant.OnCommitting(SessionWork work)
    {
        _drains.OnCommitting(work);
        Delivery.OnCommitting(work);
    }

    /// <summary>What happens once a commit is durable, in this order.</summary>
    void ICommitParticipant.OnCommitted(GuestSession state)
    {
        _drains.OnCommitted(state);
        Delivery.OnCommitted(state);
        _watch?.OnCommitted(state);
        _signal?.OnCommitted(state);
    }

    void ICommitterOwner.OnAppended(JournalEntry entry) =>
        _ports.Instruments.Tallies.SetAside(_committer.Key.Tenant, entry.Lists.Asides);

    void ICommitterOwner.OnBroken(Exception exception)
    {
        Dispose();
        _activation.End();
        if (exception is ErasedException)
            LogErased(_ports.Logger, _committer.Key.HashText);
        else if (exception is FencedException)
            LogFenced(_ports.Logger, _committer.Key.HashText);
        else
            LogBroken(_ports.Logger, _committer.Key.HashText, exception);
        _ports.Instruments.Broke(exception.GetType().Name);
    }

    /// <summary>What waits in a restored backup may have been delivered since: see <see cref="Decider.Restore"/>.</summary>
    private async Task DoubtRestoredAsync(GuestSession state)
    {
        if (_ports.Journal.RestoredAt is not { } restoredAt || state.Line.Count == 0)
            return;
        await _committer.EnterAsync(work => work.Do(Decider.Restore(
            work.State, restoredAt, _tenant.Delivery.InDoubtByType(), Clock.GetUtcNow())));
    }

    private static async Task<StoredSession> LoadAsync(GuestKey key, GuestPorts ports, CancellationToken cancellation)
    {
        try
        {
            return await ports.Journal.LoadAsync(key, cancellation);
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
}
