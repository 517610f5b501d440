using System.Diagnostics;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.Guests.Receipts;

namespace GuestSessions.Grains.Guests;

/// <summary>The acts of people on one guest's events and line. They are commands like any other.</summary>
internal sealed class Support(
    SessionCommitter committer, GuestBrowsers browsers, ReceiptReader receipts, Reading reading)
{
    /// <summary>See <see cref="IGuestGrain.RedriveAsync"/>.</summary>
    public async Task<ActAnswer> RedriveAsync(RedriveRequest request)
    {
        var guest = await committer.ReadAsync(static state => state.Guest) ?? "";
        var (end, acted) = await browsers.EnterAsync(guest, BrowserGuests.Is(guest) ? ClaimKind.Free : ClaimKind.Take, work =>
        {
            var acted = Act(work, request.EventId, (state, sequence) => Decider.Redrive(
                state, new RedriveEvent(
                    sequence, request.Edit, By(request.Act), request.Base)));
            return new BrowserStep<Acted>(
                acted, acted.Decision == ActDecision.NeedsBrowser ? [request.Edit!.BrowserId!] : []);
        });
        return end == BrowserEnd.Done
            ? await AnswerAsync(request.EventId, acted)
            : new ActAnswer(ActStatus.BrowserBusy);
    }

    /// <summary>See <see cref="IGuestGrain.ActManyAsync"/>.</summary>
    public Task<IReadOnlyList<long>> ActManyAsync(
        string kind, bool delivered, IReadOnlyList<long> sequences, ActMessage act) =>
        committer.EnterAsync<IReadOnlyList<long>>(work => [.. sequences.Where(sequence => work.Do(kind switch
        {
            OperationRecord.BulkRedriveKind =>
                Decider.Redrive(work.State, new RedriveEvent(sequence, Edit: null, By(act))),
            OperationRecord.BulkDiscardKind => Decider.Discard(work.State, sequence, By(act)),
            OperationRecord.BulkResolveKind => Decider.Resolve(work.State, sequence, delivered, By(act)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is not a bulk act."),
        }) == ActDecision.Done)]);

    /// <summary>See <see cref="IGuestGrain.DiscardAsync"/>.</summary>
    public Task<ActAnswer> DiscardAsync(string eventId, ActMessage act) =>
        ActAsync(eventId, (state, sequence) => Decider.Discard(state, sequence, By(act)));

    /// <summary>See <see cref="IGuestGrain.ResolveAsync"/>.</summary>
    public Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act) =>
        ActAsync(eventId, (state, sequence) => Decider.Resolve(state, sequence, delivered, By(act)));

    /// <summary>See <see cref="IGuestGrain.PauseAsync"/>.</summary>
    public Task<PauseAnswer?> PauseAsync(ActMessage act) => committer.EnterAsync(work =>
    {
        if (work.State.Guest is null)
            return null;
        work.Do(Decider.Pause(work.State, By(act)));
        return new PauseAnswer(work.State.Pause!, InFlight: work.State.Open is null ? 0 : 1);
    });

    /// <summary>See <see cref="IGuestGrain.ResumeAsync"/>.</summary>
    public Task<bool> ResumeAsync(ActMessage act) => committer.EnterAsync(work =>
    {
        work.Do(Decider.Resume(work.State, By(act)));
        return work.State.Guest is not null;
    });

    /// <summary>See <see cref="IGuestGrain.FlushAsync"/>.</summary>
    public Task<FlushAnswer?> FlushAsync(ActMessage act) => committer.EnterAsync(work => work.State.Guest is null
        ? null
        : new FlushAnswer(work.Do(Decider.Flush(work.State, By(act)))));

    private async Task<ActAnswer> ActAsync(string eventId, Func<GuestSession, long, Decision<ActDecision>> decide) =>
        await AnswerAsync(eventId, await committer.EnterAsync(work => Act(work, eventId, decide)));

    private static Acted Act(SessionWork work, string eventId, Func<GuestSession, long, Decision<ActDecision>> decide) =>
        work.State.SetAside.Find(eventId) is { } aside
            ? new(work.Do(decide(work.State, aside.Event.Sequence)), aside.Event.Sequence)
            : new(ActDecision.WrongState, 0);

    private async Task<ActAnswer> AnswerAsync(string eventId, Acted acted)
    {
        var (decision, sequence) = acted;

        // Only the history distinguishes an event that never existed from one that is no longer set aside.
        var receipt = decision switch
        {
            ActDecision.Done => await receipts.ReadAsync(sequence),
            ActDecision.WrongState => await receipts.FindAsync(eventId),
            _ => null,
        };
        return decision switch
        {
            ActDecision.Done => new ActAnswer(ActStatus.Done, await reading.DetailAsync(receipt!)),
            ActDecision.WrongState => receipt is null
                ? new ActAnswer(ActStatus.NotFound)
                : new ActAnswer(ActStatus.WrongState, await reading.DetailAsync(receipt)),
            ActDecision.BacklogFull => new ActAnswer(ActStatus.BacklogFull),
            ActDecision.Changed => new ActAnswer(ActStatus.Changed),
            ActDecision.TooManyIdentifiers => new ActAnswer(ActStatus.TooManyIdentifiers),
            _ => throw new UnreachableException($"No answer for {decision}."),
        };
    }

    private PersonAct By(ActMessage act) => act.At(committer.Clock.GetUtcNow());

    private readonly record struct Acted(ActDecision Decision, long Sequence);
}
