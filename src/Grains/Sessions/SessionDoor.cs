using GuestSessions.Core;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Sessions;

/// <summary>What takes part in every commit of a session besides the command that caused it.</summary>
public interface ICommitRider
{
    /// <summary>Adds what can ride in a commit that is due anyway.</summary>
    void Ride(SessionWork work);

    /// <summary>Everything decided so far is durable.</summary>
    void Committed();
}

/// <summary>
/// The one door through which a session changes: decide, append, apply, dispatch, answer. While one row is at the disk,
/// calls wait and gather into the next; each is answered when its row, and so every row before it, is durable. A read
/// is a step that decides nothing.
/// </summary>
/// <remarks>
/// Single-threaded: entered only from its grain's scheduler. After a failed or fenced append the memory is not to be
/// trusted, so the door stays broken and its activation goes away.
/// </remarks>
/// <param name="boot">See <see cref="MachineBoot"/>.</param>
public sealed class SessionDoor(
    GuestKey key, GuestSession state, IJournal journal, TimeProvider time, Guid boot, Action<Exception> broken)
{
    /// <summary>After this the outcome of an append counts as unknown.</summary>
    public static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    private readonly Queue<IStep> _waiting = new();
    private bool _committing;
    private Exception? _brokenBy;
    private TaskCompletionSource<SessionSnapshot>? _wanted;
    private long _snapshotVersion = state.SnapshotVersion;
    private long _settled = state.Settled;

    public GuestSession State { get; } = state;

    /// <summary>The one clock of the state.</summary>
    public SessionClock Clock { get; } = new(state, time, boot);

    public ICommitRider? Rider { get; set; }

    /// <summary>So many calls wait that ingest is refused.</summary>
    public bool IsBusy => _waiting.Count >= State.Limits.WaitingCommands;

    /// <summary>Nothing waits and nothing is at the disk.</summary>
    public bool IsIdle => !_committing && _waiting.Count == 0;

    /// <summary>Rebuilds a session from the journal.</summary>
    public static async Task<GuestSession> LoadAsync(
        GuestKey key, IJournal journal, SessionLimits limits, CancellationToken cancellation)
    {
        var stored = await journal.LoadAsync(key, cancellation);
        var state = stored.Snapshot is { } snapshot
            ? GuestSession.Restore(snapshot, limits)
            : new GuestSession(limits);
        foreach (var commit in stored.Commits)
        {
            foreach (var @event in commit.Events)
                state.Apply(@event);
            state.Version = commit.Version;
            state.CommittedAt = commit.At;
        }

        return state;
    }

    /// <summary>Runs a step in the next commit.</summary>
    /// <exception cref="SessionUnavailableException">The commit is not known to be durable.</exception>
    public Task<TResult> EnterAsync<TResult>(Func<SessionWork, TResult> step)
    {
        if (_brokenBy is { } brokenBy)
            return Task.FromException<TResult>(Unavailable(brokenBy));
        var waiting = new Step<TResult>(step);
        _waiting.Enqueue(waiting);
        if (!_committing)
            _ = CommitAllAsync();
        return waiting.Result;
    }

    /// <summary>
    /// The journal says that something is undelivered. An activation that knows of nothing either delivered it just now or
    /// is stale, left over from a split cluster: then it breaks, as if it had written and been fenced.
    /// </summary>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        if (!await EnterAsync(static work => work.State.IsPending))
            await IsCurrentAsync(cancellation);
    }

    /// <summary>Makes sure that the journal holds nothing this activation does not know.</summary>
    /// <exception cref="SessionUnavailableException">It does: this activation is stale, and breaks.</exception>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        if (!await IsCurrentAsync(cancellation))
            throw Unavailable(_brokenBy!);
    }

    private async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        var stored = await journal.LoadAsync(key, cancellation);
        var version = stored.Commits.Count > 0 ? stored.Commits[^1].Version : stored.Snapshot?.Version ?? 0;
        if (!await EnterAsync(work => version > work.State.Version))
            return true;
        Break(new FencedException(), []);
        return false;
    }

    /// <summary>Saves a snapshot when there is something new to save.</summary>
    public async Task SaveSnapshotAsync(CancellationToken cancellation)
    {
        if (_brokenBy is not null || State.Version == _snapshotVersion)
            return;
        // Taken where memory and journal agree: right after a commit, never among the steps of one.
        _wanted ??= new TaskCompletionSource<SessionSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = _wanted.Task;
        await EnterAsync(static _ => true);
        var snapshot = await taken;
        await journal.SaveSnapshotAsync(key, snapshot, cancellation);
    }

    /// <summary>
    /// The guest leaves memory: offers a snapshot where replaying would take longer than reading one, and only where memory
    /// and journal agree, which they do between commits.
    /// </summary>
    public void LeaveSnapshot()
    {
        if (_brokenBy is not null || !IsIdle || State.Version - _snapshotVersion < State.Limits.CommitsPerIdleSnapshot)
            return;
        _snapshotVersion = State.Version;
        journal.OfferSnapshot(key, State.ToSnapshot());
    }

    private async Task CommitAllAsync()
    {
        _committing = true;
        while (_waiting.Count > 0)
            await CommitAsync();
        _committing = false;
    }

    private async Task CommitAsync()
    {
        List<IStep> decided = [];
        try
        {
            var work = new SessionWork(State);
            Clock.Follow(work);
            while (_waiting.Count > 0 && work.Bytes < State.Limits.CommitBytes)
            {
                var step = _waiting.Dequeue();
                decided.Add(step);
                step.Decide(work);
            }

            if (work.Events.Count > 0)
            {
                Rider?.Ride(work);
                Clock.Keep(work);
                await AppendAsync(work.Events);
            }

            foreach (var step in decided)
                step.Complete();
            SnapshotIfDue();
            Rider?.Committed();
        }
        catch (Exception exception)
        {
            Break(exception, decided);
        }
    }

    private async Task AppendAsync(IReadOnlyList<SessionEvent> events)
    {
        var entry = new JournalEntry(
            key, State.Guest!, State.Version + 1, Clock.GetUtcNow(), events, State.IsPending, SearchTerms.Of(events))
        {
            Listing = GuestListing.Of(State, events),
            Position = CommitPosition.Of(State),
            LateChanges = CommitPosition.LateChanges(events, _settled),
        };
        using var patience = new CancellationTokenSource(AppendTimeout, time);
        var result = await journal.AppendAsync(entry, patience.Token);
        if (result == AppendResult.Fenced)
            throw new FencedException();
        State.Version = entry.Version;
        State.CommittedAt = entry.At;
        _settled = State.Settled;
    }

    private void Break(Exception exception, List<IStep> decided)
    {
        _brokenBy ??= exception;
        foreach (var step in decided)
            step.Fail(Unavailable(exception));
        while (_waiting.TryDequeue(out var step))
            step.Fail(Unavailable(exception));
        broken(exception);
    }

    private void SnapshotIfDue()
    {
        if (_wanted is { } wanted)
        {
            _wanted = null;
            _snapshotVersion = State.Version;
            wanted.TrySetResult(State.ToSnapshot());
        }

        if (State.Version - _snapshotVersion < State.Limits.CommitsPerSnapshot)
            return;

        // Taken here, where memory and journal agree. A lost snapshot only makes the next replay longer.
        _snapshotVersion = State.Version;
        journal.OfferSnapshot(key, State.ToSnapshot());
    }

    private static SessionUnavailableException Unavailable(Exception reason) => reason is FencedException
        ? new SessionUnavailableException("Another activation of this guest took over.")
        : new SessionUnavailableException("The journal did not confirm the commit.", reason is OperationCanceledException
            or JournalUnavailableException ? null : reason);

    private interface IStep
    {
        void Decide(SessionWork work);
        void Complete();
        void Fail(Exception exception);
    }

    private sealed class Step<TResult>(Func<SessionWork, TResult> step) : IStep
    {
        private readonly TaskCompletionSource<TResult> _answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        private TResult _result = default!;

        public Task<TResult> Result => _answer.Task;

        public void Decide(SessionWork work) => _result = step(work);

        public void Complete() => _answer.TrySetResult(_result);

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}

/// <summary>The journal says that a newer activation of the guest exists: this one is stale.</summary>
public sealed class FencedException() : Exception("Another activation of this guest wrote first.");
