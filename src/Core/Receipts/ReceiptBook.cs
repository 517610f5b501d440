using System.Diagnostics;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Receipts;

/// <summary>
/// The receipts of a guest, folded from its history. The same events also make its state.
/// </summary>
/// <param name="first">The lowest sequence that it covers.</param>
/// <param name="last">The highest.</param>
public sealed class ReceiptBook(long first = 0, long last = long.MaxValue)
{
    private readonly SortedDictionary<long, Receipt> _receipts = [];

    /// <summary>In order of acceptance.</summary>
    public IEnumerable<Receipt> Receipts => _receipts.Values;

    public void Apply(SessionEvent @event)
    {
        switch (@event)
        {
            case EventRecorded recorded when Covers(recorded.Sequence):
                _receipts[recorded.Sequence] = new Receipt(recorded);
                break;
            case DeliveryStarted started:
                Find(started.Sequence)?.Start(started);
                break;
            case EventDelivered delivered:
                Find(delivered.Sequence)?.End(delivered.Attempt, delivered.Result, EventState.Delivered);
                break;
            case DeliveryPostponed postponed:
                Find(postponed.Sequence)?.End(
                    postponed.Attempt, postponed.Result, EventState.Pending, postponed.PossiblyDuplicate);
                break;
            case DeliveryUnsent unsent:
                Find(unsent.Sequence)?.End(unsent.Attempt, unsent.Result, EventState.Pending);
                break;
            case EventQuarantined quarantined:
                Find(quarantined.Sequence)?.Quarantine(quarantined);
                break;
            case EventQuarantinedUnsent unsent:
                Find(unsent.Sequence)?.Quarantine(unsent.Code);
                break;
            case EventHeldInDoubt held:
                Find(held.Sequence)?.Hold(held);
                break;
            case EventSuperseded superseded:
                Find(superseded.Sequence)?.Supersede(superseded);
                break;
            case LateOutcomeRecorded late:
                Find(late.Sequence)?.EndLate(late);
                break;
            case EventExpired expired:
                Find(expired.Sequence)?.Expire(expired);
                break;
            case EventRedriven redriven:
                Find(redriven.Sequence)?.Redrive(redriven);
                break;
            case EventDiscarded discarded:
                Find(discarded.Sequence)?.Discard(discarded);
                break;
            case EventResolved resolved:
                Find(resolved.Sequence)?.Resolve(resolved);
                break;
            case EventRestored restored:
                Find(restored.Sequence)?.Doubt();
                break;
            case EventDropped dropped:
                Find(dropped.Sequence)?.Drop(dropped);
                break;
            case EventBlanked blanked:
                Find(blanked.Sequence)?.Blank(blanked);
                break;

            // Receipts do not show these events. EventRecorded is here for events that the book does not cover.
            case GuestOpened or SessionStarted or EventRecorded or IdentifiersRemembered or BrowserIdAssigned
                or BrowserIdPostponed or DeliveryTakenOver or LineFlushed or GuestPaused or GuestResumed
                or SessionsClosed or BrowserLinked or BrowserReleased or SessionsForwarded or BrowserDrained
                or BrowserCleared or LocalBrowserMapped or ReplayBegun or ClockSet or ConsentChanged or BlankingEnded:
                break;
            default:
                throw new UnreachableException($"Whether a receipt shows {@event.GetType().Name} is not said.");
        }
    }

    /// <summary>
    /// Adds events that the state still holds although retention has deleted their commits. Undelivered, quarantined
    /// and in-doubt events never expire; their earlier attempts do.
    /// </summary>
    public void Complete(IEnumerable<LineEntry> line, IEnumerable<SetAsideEvent> setAside)
    {
        foreach (var entry in line.Where(entry => Covers(entry.Event.Sequence)))
            _receipts.TryAdd(entry.Event.Sequence, Receipt.Of(entry));
        foreach (var aside in setAside.Where(aside => Covers(aside.Event.Sequence)))
            _receipts.TryAdd(aside.Event.Sequence, Receipt.Of(aside));
    }

    public void Complete(GuestSession session) => Complete(session.Line.Entries, session.SetAside.Events);

    private bool Covers(long sequence) => sequence >= first && sequence <= last;

    // Events older than the retention period have no receipt any more.
    private Receipt? Find(long sequence) => _receipts.GetValueOrDefault(sequence);
}
