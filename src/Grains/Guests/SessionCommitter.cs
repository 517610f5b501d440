using System.Diagnostics;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Turns a guest's commands into one commit at a time. Each commit has these steps: <b>decide</b> and <b>apply</b> the
/// waiting commands one after the other, so that each sees the effects of the previous one; let the participants add
/// events; <b>append</b> all events together; <b>answer</b> the callers; let the participants <b>dispatch</b>. While a
/// commit is being written, calls wait for the next one.
/// </summary>
/// <remarks>
/// <para>The state is ahead of the journal from "apply" to "append". No caller sees it then: commands are answered, and
/// reads run, only when the row is durable.</para>
/// <para>When an append fails, is fenced or takes too long, it is unknown whether the row is in the journal, and the state
/// cannot be rolled back. So the committer breaks: all waiting calls fail as unavailable, and the activation ends and
/// discards its memory. The next activation reads the truth from the journal.</para>
/// <para>Single-threaded: called only on its activation's scheduler, except for <see cref="EnterFromOutsideAsync"/>.</para>
/// </remarks>
/// <param name="owner">Takes part in every commit.</param>
/// <param name="kept">See <see cref="JournalEntry.Kept"/>.</param>
internal sealed partial class SessionCommitter(
    GuestKey key, GuestSession state, byte[] kept, ICommitPorts ports, ICommitterOwner owner)
{
    private readonly GuestSession _state = state;
    private readonly Queue<IStep> _waiting = new();
    private bool _committing;
    private Exception? _brokenBy;
    private long _leftLine = state.LeftLine;
    private byte[] _kept = kept;

    /// <summary>The one clock of the state.</summary>
    public SessionClock Clock { get; } = new(state, ports.Time, ports.Boot);

    public GuestKey Key => key;

    /// <summary>Whether so many calls wait that ingest is rejected.</summary>
    public bool IsBusy => _waiting.Count >= _state.Limits.WaitingCommands;

    /// <summary>Runs a command in the next commit.</summary>
    /// <returns>The command's result, once it is durable.</returns>
    /// <exception cref="SessionUnavailableException">The commit is not known to be durable.</exception>
    public Task<TResult> EnterAsync<TResult>(Func<SessionWork, TResult> command) =>
        EnterAsync(command, static (work, command) => command(work));

    /// <summary>The same with an argument for the command.</summary>
    public Task<TResult> EnterAsync<TArgument, TResult>(TArgument argument, Func<SessionWork, TArgument, TResult> command) =>
        EnterAsync(new Command<TArgument, TResult>(command, argument));

    /// <summary>The same for a caller that is not on the activation's scheduler.</summary>
    /// <param name="home">The activation's scheduler.</param>
    public Task<TResult> EnterFromOutsideAsync<TArgument, TResult>(
        TaskScheduler home, TArgument argument, Func<SessionWork, TArgument, TResult> command)
    {
        var step = new OutsideCommand<TArgument, TResult>(this, command, argument);
        Task.Factory.StartNew(
            static step => ((OutsideCommand<TArgument, TResult>)step!).Enter(), step, CancellationToken.None,
            TaskCreationOptions.DenyChildAttach, home);
        return step.Task;
    }

    /// <summary>
    /// Reads the state after everything decided before is durable, and before anything else is decided. The result must not
    /// refer to the state, which continues to change.
    /// </summary>
    /// <exception cref="SessionUnavailableException">A commit before it is not known to be durable.</exception>
    public Task<TResult> ReadAsync<TResult>(Func<GuestSession, TResult> read) => EnterAsync(new Read<TResult>(read));

    /// <summary>Acts on the durable state, at the same moment as a read.</summary>
    public Task ReadAsync(Action<GuestSession> act) => ReadAsync(state =>
    {
        act(state);
        return true;
    });

    /// <summary>Whether no call is in progress and the state meets the condition. Answers at once.</summary>
    public bool IsAtRest(Func<GuestSession, bool> condition) =>
        !_committing && _waiting.Count == 0 && _brokenBy is null && condition(_state);

    /// <summary>
    /// Detects a stale activation. The journal says that an event is undelivered. An activation that knows of none has
    /// either just delivered it, or is stale after a split of the cluster. A stale one breaks, as if it had written and
    /// been fenced.
    /// </summary>
    public async Task DetectStalenessAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(static state => state.IsPending))
            await IsCurrentAsync(cancellation);
    }

    /// <summary>Verifies that the journal contains nothing that this activation does not know.</summary>
    /// <exception cref="SessionUnavailableException">The activation is stale, and breaks.</exception>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        if (!await IsCurrentAsync(cancellation))
            throw Unavailable(_brokenBy!);
    }

    private async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        var stored = await ports.Journal.LoadAsync(key, cancellation);
        var version = stored.Commits.Count > 0 ? stored.Commits[^1].Version : stored.Snapshot?.Version ?? stored.Floor;
        if (!await ReadAsync(state => version > state.Version))
            return true;
        Break(new FencedException(), []);
        return false;
    }

    private Task<TResult> EnterAsync<TResult>(Step<TResult> step)
    {
        Enter(step);
        return step.Task;
    }

    private void Enter(IStep step)
    {
        if (_brokenBy is { } brokenBy)
        {
            step.Fail(Unavailable(brokenBy));
            return;
        }

        _waiting.Enqueue(step);
        if (!_committing)
            _ = CommitAllAsync();
    }

    private async Task CommitAllAsync()
    {
        _committing = true;
        var steps = StepLists.Get();
        while (_waiting.Count > 0)
        {
            steps.Clear();
            try
            {
                var work = new SessionWork(_state);
                var hasCommands = Decide(work, steps);
                if (work.Events.Count > 0)
                {
                    if (_state.IsErased)
                        throw new UnreachableException("An erased guest changes nothing.");
                    owner.OnCommitting(work);
                    Clock.Keep(work);
                    var entry = EntryOf(work.Events);
                    Note(entry, await ports.Journal.AppendAsync(entry, out var kept, ports.Patience.Token), kept);
                    owner.OnAppended(entry);
                }

                Answer(steps, hasCommands);
            }
            catch (Exception exception)
            {
                // Whatever failed, the state may be ahead of the journal. Every caller gets it, and the activation ends with it.
                Break(exception, steps);
            }
        }

        _committing = false;
        StepLists.Return(steps);
    }

    /// <returns>Whether the steps include commands. Reads alone write nothing, even if the wall clock was set.</returns>
    private bool Decide(SessionWork work, List<IStep> steps)
    {
        var hasCommands = false;
        while (_waiting.Count > 0 && work.Bytes < _state.Limits.CommitBytes)
        {
            var step = _waiting.Dequeue();
            steps.Add(step);
            if (step is not ICommand command)
                continue;
            if (!hasCommands)
                Clock.Follow(work);
            hasCommands = true;
            command.Decide(work);
        }

        return hasCommands;
    }

    private JournalEntry EntryOf(IReadOnlyList<SessionEvent> events) => new(
        key, _state.Guest!, _state.Version + 1, Clock.GetUtcNow(), events, _state.IsPending, SearchTerms.Of(events))
    {
        Lists = ListChanges.Of(_state, events),
        Position = CommitPosition.Of(_state),
        LateChanges = CommitPosition.LateChanges(events, _leftLine),
        Kept = _kept,
    };

    private void Note(JournalEntry entry, AppendResult result, byte[] kept)
    {
        if (result == AppendResult.Fenced)
            throw new FencedException();
        _state.Version = entry.Version;
        _state.CommittedAt = entry.At;
        _leftLine = _state.LeftLine;
        _kept = kept;
    }

    private void Answer(List<IStep> steps, bool hasCommands)
    {
        foreach (var step in steps)
            step.Complete(_state);
        SnapshotIfDue();
        if (hasCommands)
            owner.OnCommitted(_state);
    }

    /// <summary>Breaks on purpose: no call uses this memory any more.</summary>
    public void End(Exception reason) => Break(reason, []);

    private void Break(Exception exception, List<IStep> steps)
    {
        var isFirst = _brokenBy is null;
        _brokenBy ??= exception;
        foreach (var step in steps)
            step.Fail(Unavailable(exception));
        while (_waiting.TryDequeue(out var step))
            step.Fail(Unavailable(exception));
        if (isFirst)
            owner.OnBroken(exception);
    }

    private static SessionUnavailableException Unavailable(Exception reason) => reason is FencedException
        ? new SessionUnavailableException("Another activation of this guest took over.")
        : new SessionUnavailableException("The journal did not confirm the commit.", reason is OperationCanceledException
            or JournalUnavailableException ? null : reason);
}

/// <summary>The journal shows that a newer activation of the guest exists, so this one is stale.</summary>
internal sealed class FencedException() : Exception("Another activation of this guest wrote first.");
