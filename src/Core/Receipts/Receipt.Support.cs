using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Receipts;

public sealed partial class Receipt
{
    private readonly List<ReceiptAct> _acts = [];

    private EventRecorded? _edited;

    /// <summary>The event as it is sent upstream: as received, or as the last edit changed it.</summary>
    public EventRecorded Current => _edited ?? Event;

    /// <summary>What people did to it, oldest first.</summary>
    public IReadOnlyList<ReceiptAct> Acts => _acts;

    /// <summary>A person put it back into the line: it arrives out of its guest's order.</summary>
    public bool IsRedriven { get; private set; }

    /// <summary>It counts as delivered because a person resolved it so.</summary>
    public bool IsResolved { get; private set; }

    public bool IsLate => Event.Late || IsRedriven;

    internal void Expire(EventExpired expired)
    {
        State = expired.InDoubt ? EventState.InDoubt : EventState.Quarantined;
        Code = expired.Code;
    }

    internal void Redrive(EventRedriven redriven)
    {
        // It may have arrived, so sending it again can create a duplicate upstream.
        PossiblyDuplicate |= State == EventState.InDoubt;
        State = EventState.Pending;
        Code = null;
        _edited = redriven.Edit?.Over(Current) ?? _edited;
        IsRedriven = true;
        _acts.Add(new ReceiptAct(ActKind.Redriven, redriven.Act, redriven.Edit, redriven.SessionClosed));
    }

    /// <summary>A person erased its body.</summary>
    public bool IsBlanked { get; private set; }

    internal void Blank(EventBlanked blanked)
    {
        if (State is EventState.Pending or EventState.Quarantined or EventState.InDoubt)
            (State, Code) = (EventState.Dropped, EventCodes.Blanked);
        IsBlanked = true;
        Event = Blanked.Of(Event);
        _edited = _edited is null ? null : Blanked.Of(_edited);
        for (var i = 0; i < _attempts.Count; i++)
            _attempts[i] = _attempts[i] with { Result = _attempts[i].Result is { } result ? Blanked.Of(result) : null };
        for (var i = 0; i < _acts.Count; i++)
            _acts[i] = _acts[i] with { Edit = null };
        _acts.Add(new ReceiptAct(ActKind.Blanked, blanked.Act));
    }

    internal void Discard(EventDiscarded discarded)
    {
        State = EventState.Discarded;
        _acts.Add(new ReceiptAct(ActKind.Discarded, discarded.Act));
    }

    internal void Resolve(EventResolved resolved)
    {
        PossiblyDuplicate |= !resolved.Delivered && State == EventState.InDoubt;
        State = resolved.Delivered ? EventState.Delivered : EventState.Quarantined;
        Code = resolved.Delivered ? null : EventCodes.NotDelivered;
        IsResolved = resolved.Delivered;
        DeliveredAt = resolved.Delivered ? resolved.Act.At : null;
        _acts.Add(new ReceiptAct(
            resolved.Delivered ? ActKind.ResolvedDelivered : ActKind.ResolvedNotDelivered, resolved.Act));
    }
}
