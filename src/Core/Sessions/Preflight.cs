using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// Finds events that the upstream accepts with a 201 and then misreads, before the misreading costs an event. It
/// needs the guest's sessions, so it is decided where they are. A strict tenant rejects such events.
/// </summary>
internal static class Preflight
{
    /// <summary>Events of a session that decisions can see.</summary>
    public const int EventsSeen = 100;

    /// <summary>Sessions of a guest that decisions can see.</summary>
    public const int SessionsSeen = 40;

    /// <summary>How far back decisions see sessions.</summary>
    public static readonly TimeSpan SessionsSeenFor = TimeSpan.FromDays(90);

    /// <param name="session">The guest.</param>
    /// <param name="current">The session that the event belongs to; null if it opens one.</param>
    /// <param name="command">The event.</param>
    public static IReadOnlyList<Violation> Of(GuestSession session, UpstreamSession? current, RecordEvent command)
    {
        var found = new Violations();
        Budgets(session, current, command, found);
        Clocks(command, found);
        switch (command.Event.Type)
        {
            case EventTypes.Confirm:
                Confirm(session, current, command.Event, found);
                break;
            case EventTypes.Checkout when current?.Cart is not { Confirmed: true }:
                Checkout(session, current, found);
                break;
            case EventTypes.OrderCheckout:
                Order(session, command, found);
                break;
        }

        return found.Warnings;
    }

    private static void Budgets(GuestSession session, UpstreamSession? current, RecordEvent command, Violations found)
    {
        if (current?.Events >= EventsSeen)
            found.Warn(EventCodes.SessionEventBudget, "/event",
                $"The upstream's decisions see {EventsSeen} events of a session; this is number {current.Events + 1}.");
        if (current is not null || session.Sessions.All.Count < SessionsSeen)
            return;
        var recent = session.Sessions.All.Count(known => command.ReceivedAt - known.StartedAt <= SessionsSeenFor);
        if (recent >= SessionsSeen)
            found.Warn(EventCodes.SessionBudget, "/event",
                $"The upstream's decisions see {SessionsSeen} sessions of a guest "
                + $"within {SessionsSeenFor.TotalDays:0} days; this event opens a further one.");
    }

    private static void Clocks(RecordEvent command, Violations found)
    {
        if (command.OccurredAt is not { } occurredAt)
            return;
        var age = command.ReceivedAt - occurredAt;
        if (age >= command.Event.SessionTimeout)
            found.Warn(EventCodes.LateForItsSession, "/occurred_at",
                "It is older than the session time-out of its point of sale: the upstream counts it in a later session.");
        else if (age.Duration() > Decider.LongestClockSkew)
            found.Warn(EventCodes.ClockSkew, "/occurred_at",
                $"It is {age.Duration().TotalMinutes:0} minutes {(age > TimeSpan.Zero ? "behind" : "ahead of")} "
                + "the time of receipt; if the tenant has a settle time, it is not used for the order.");
    }

    private static void Confirm(
        GuestSession session, UpstreamSession? current, StreamEvent @event, Violations found)
    {
        if (current?.Cart is { Partial: true })
            return;
        var items = CartReading.ConfirmedBy(Amendments.Read(@event.Body, @event.Defaults));
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item || current?.Cart?.Has(item) == true)
                continue;
            var path = $"/event/product/{i}/item_id";
            if (Elsewhere(session, current, cart => cart.Has(item)) is { } other)
                found.Warn(EventCodes.CartInOtherSession, path, $"It was added in {Tell(session, other, current)}.");
            else
                found.Warn(EventCodes.ConfirmWithoutAdd, path, "No ADD of it came in this session.");
        }
    }

    private static void Checkout(GuestSession session, UpstreamSession? current, Violations found)
    {
        if (Elsewhere(session, current, static cart => cart is { Confirmed: true, Ordered: false }) is { } other)
            found.Warn(EventCodes.CartInOtherSession, "/event/type",
                $"Its items were confirmed in {Tell(session, other, current)}.");
        else
            found.Warn(EventCodes.CheckoutWithoutConfirm, "/event/type",
                "No CONFIRM came in this session; the upstream creates no order.");
    }

    private static void Order(GuestSession session, RecordEvent command, Violations found)
    {
        var rules = command.Rules.IdentityRules;
        if (rules.Count == 0 || session.Sessions.All.Any(known =>
            session.IsOf(known, command.Event.BrowserId) && known.Providers?.Any(rules.Contains) == true))
            return;

        // A forgotten session may have had the IDENTITY that counts.
        var forgotten = session.Sessions.All.Count == session.Limits.Sessions
            && session.Identifiers.All.Any(known => rules.Contains(known.Provider));
        if (!forgotten)
            found.Warn(EventCodes.OrderBeforeIdentity, "/event/type",
                $"Expected an IDENTITY of this browser before it, with a provider of {string.Join(", ", rules)}.");
    }

    /// <summary>The latest other session whose cart matches.</summary>
    private static UpstreamSession? Elsewhere(GuestSession session, UpstreamSession? current, Func<Cart, bool> fits)
        => session.Sessions.All.LastOrDefault(
            known => known.Number != current?.Number && known.Cart is { } cart && fits(cart));

    private static string Tell(GuestSession session, UpstreamSession other, UpstreamSession? current)
    {
        var where = current is not null && other.Channel != current.Channel ? $" on {other.Channel}"
            : current is not null && !session.IsOf(other, current.BrowserId) ? " of another browser" : "";
        var which = other.IsOwn ? $"session {other.Number}" : "a session of its browser with the previous owner";
        return $"{which}{where}; the upstream does not join carts of two sessions";
    }
}
