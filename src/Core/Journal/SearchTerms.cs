using System.Diagnostics;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Journal;

/// <summary>The search terms that session events add for a guest.</summary>
public static class SearchTerms
{
    public static IReadOnlyList<SearchTerm> Of(IReadOnlyList<SessionEvent> events)
    {
        List<SearchTerm>? terms = null;
        for (var i = 0; i < events.Count; i++)
        {
            var @event = events[i];
            switch (@event)
            {
                // An id without capitals is its own spelling: nobody needs an index to find it.
                case GuestOpened { Guest: var guest } when SearchTerm.Text(guest) is var term && term.Value != guest:
                    (terms ??= []).Add(term);
                    break;
                case IdentifiersRemembered remembered:
                    (terms ??= []).AddRange(remembered.Identifiers.SelectMany(static identifier => (SearchTerm[])
                        [SearchTerm.Identifier(identifier.Provider, identifier.Id), SearchTerm.Text(identifier.Id)]));
                    break;
                case SessionStarted { BrowserId: { } browserId }:
                    (terms ??= []).Add(SearchTerm.BrowserId(browserId));
                    break;
                case BrowserIdAssigned assigned:
                    (terms ??= []).Add(SearchTerm.BrowserId(assigned.BrowserId));
                    break;
                case BrowserLinked { Line: { } line }:
                    (terms ??= []).Add(SearchTerm.Line(line));
                    break;
                case EventRedriven { Edit: { } edit }:
                    (terms ??= []).AddRange(Of(edit));
                    break;
                case EventRecorded { OrderReference: { Length: <= SearchTerm.LongestReference } reference }:
                    (terms ??= []).Add(SearchTerm.OrderReference(reference));
                    break;

                // These events add no search terms, or have none left after the patterns above.
                case GuestOpened or SessionStarted or EventRecorded or BrowserIdPostponed or DeliveryStarted
                    or EventDelivered or DeliveryPostponed or EventQuarantined or EventHeldInDoubt or DeliveryUnsent
                    or DeliveryTakenOver or LateOutcomeRecorded or LineFlushed or EventExpired or EventRedriven
                    or EventDiscarded or EventResolved or GuestPaused or GuestResumed or EventSuperseded
                    or SessionsClosed or EventQuarantinedUnsent or BrowserLinked or BrowserReleased
                    or SessionsForwarded or BrowserDrained or BrowserCleared or LocalBrowserMapped or ReplayBegun
                    or ClockSet or ConsentChanged or EventDropped or EventBlanked or BlankingEnded or EventRestored:
                    break;
                default:
                    throw new UnreachableException($"Whether a guest is found by {@event.GetType().Name} is not said.");
            }
        }

        return terms ?? (IReadOnlyList<SearchTerm>)[];
    }

    private static IEnumerable<SearchTerm> Of(EventEdit edit)
    {
        if (edit.BrowserId is { } browserId)
            yield return SearchTerm.BrowserId(browserId);
        if (edit.OrderReference is { Length: <= SearchTerm.LongestReference } reference)
            yield return SearchTerm.OrderReference(reference);
    }
}
