using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

/// <summary>What people do, through the same door as everything else.</summary>
public sealed partial class GuestSessionGrain : IGuestSupportGrain
{
    public async Task<ActAnswer> RedriveAsync(RedriveRequest request)
    {
        var edit = request.Edit is { } message ? Messages.ToEvent(message) : null;
        var guest = _door.State.Guest ?? "";
        var (end, acted) = await _linking.EnterAsync(guest, take: !BrowserGuests.Is(guest), work =>
        {
            var acted = Act(work, request.EventId, (work, sequence) => Decider.Redrive(
                work.State, new RedriveEvent(
                    sequence, edit, ToAct(request.Act), request.Base is { } made ? new ContentHash(made) : null)));
            return new BrowserStep<Acted>(acted, acted.Verdict == ActVerdict.NeedsBrowser ? [edit!.BrowserId!] : []);
        });
        return end == BrowserEnd.Done
            ? await AnswerAsync(request.EventId, acted)
            : new ActAnswer(ActStatus.BrowserBusy);
    }

    public Task<int> RedriveManyAsync(IReadOnlyList<long> sequences, ActMessage act) => _door.EnterAsync(work =>
        sequences.Count(sequence => work.Do(Decider.Redrive(
            work.State, new RedriveEvent(sequence, Edit: null, ToAct(act)))) == ActVerdict.Done));

    public Task<ActAnswer> DiscardAsync(string eventId, ActMessage act) =>
        ActAsync(eventId, (work, sequence) => Decider.Discard(work.State, sequence, ToAct(act)));

    public Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act) =>
        ActAsync(eventId, (work, sequence) => Decider.Resolve(work.State, sequence, delivered, ToAct(act)));

    public Task<PauseView?> PauseAsync(ActMessage act) => _door.EnterAsync(work =>
    {
        if (work.State.Guest is null)
            return null;
        work.Do(Decider.Pause(work.State, ToAct(act)));
        return Views.OfPause(work.State.Pause!) with { InFlight = work.State.Open is null ? 0 : 1 };
    });

    public Task<bool> ResumeAsync(ActMessage act) => _door.EnterAsync(work =>
    {
        work.Do(Decider.Resume(work.State, ToAct(act)));
        return work.State.Guest is not null;
    });

    private async Task<ActAnswer> ActAsync(string eventId, Func<SessionWork, long, Decision<ActVerdict>> decide) =>
        await AnswerAsync(eventId, await _door.EnterAsync(work => Act(work, eventId, decide)));

    private static Acted Act(SessionWork work, string eventId, Func<SessionWork, long, Decision<ActVerdict>> decide) =>
        work.State.SetAside.Find(eventId) is { } aside
            ? new(work.Do(decide(work, aside.Event.Sequence)), aside.Event.Sequence)
            : new(ActVerdict.WrongState, 0);

    private async Task<ActAnswer> AnswerAsync(string eventId, Acted acted)
    {
        var (verdict, sequence) = acted;

        // Only history tells an event that was never there from one that is somewhere else by now.
        var receipt = verdict switch
        {
            ActVerdict.Done => await _receipts.ReadAsync(sequence),
            ActVerdict.WrongState => await _receipts.FindAsync(eventId),
            _ => null,
        };
        return verdict switch
        {
            ActVerdict.Done => new ActAnswer(ActStatus.Done, OfEvent(receipt!)),
            ActVerdict.WrongState => receipt is null
                ? new ActAnswer(ActStatus.NotFound)
                : new ActAnswer(ActStatus.WrongState, OfEvent(receipt)),
            ActVerdict.BacklogFull => new ActAnswer(ActStatus.BacklogFull),
            ActVerdict.Changed => new ActAnswer(ActStatus.Changed),
            ActVerdict.TooManyIdentifiers => new ActAnswer(ActStatus.TooManyIdentifiers),
            _ => throw new UnreachableException($"No answer for {verdict}."),
        };
    }

    private readonly record struct Acted(ActVerdict Verdict, long Sequence);

    private PersonAct ToAct(ActMessage act) => new(act.By, Now, act.Reason);
}
