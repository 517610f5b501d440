using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Support;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Turns the answers of grains into bodies for callers, with the contract's names and masked personal values. Only
/// <see cref="Reveal"/> reads them without masks, to answer with one value.
/// </summary>
internal static class GuestBodies
{
    public static GuestBody From(GuestView view, DateTimeOffset now) => From(view, now, Masks.On);

    public static GuestBody From(GuestView view, DateTimeOffset now, Masks masks) => new(
        view.Guest,
        view.OpenedAt,
        view.BrowserIds,
        [.. view.Identifiers.Select(known =>
            new KnownIdentifier(
                masks.Text(known.Provider), masks.Identifier(known.Id), masks.Text(known.ExpiryDate)))],
        [.. view.Sessions.Select(session => From(session, masks))],
        new LineBody(
            view.Undelivered,
            view.UndeliveredBytes,
            view.OldestPendingAt,
            view.OldestPendingAt is { } oldest
                ? Math.Max(0, Math.Round((now - oldest).TotalSeconds, 3))
                : null,
            view.Delivery,
            view.NextAttemptAt)
        {
            Waiting = WaitBody.Of(view.Wait),
        },
        view.Quarantined,
        view.InDoubt,
        view.Delivered,
        view.Discarded,
        view.LastSequence,
        view.Pause is { } pause ? From(pause, masks) : null,
        From(view.Limits))
    {
        ConsentDenied = view.ConsentDenied is { } denied ? From(denied, masks) : null,
        SharedBrowsers = view.SharedBrowsers.Count == 0 ? null : [.. view.SharedBrowsers.Select(From)],
    };

    public static EventItem From(EventSummary @event) => new(
        @event.Sequence,
        @event.EventId,
        TextMask.Mask(@event.Type),
        @event.OccurredAt,
        @event.ReceivedAt,
        @event.SentAt,
        @event.DeliveredAt,
        @event.State,
        @event.Late,
        @event.PossiblyDuplicate,
        @event.Redriven,
        @event.Resolved,
        @event.Attempts,
        @event.Reference,
        @event.Code,
        @event.SupersededBy,
        @event.ReplayOf)
    {
        Warnings = From(@event.Warnings),
        Blanked = @event.Blanked,
    };

    public static EventBody From(EventDetail detail, Masks? masks = null)
    {
        masks ??= Masks.On;
        var @event = detail.Summary;
        var answers = new AnswerMask(detail.Received, detail.Sent);
        return new EventBody(
            @event.Sequence,
            @event.EventId,
            masks.Text(@event.Type),
            @event.OccurredAt,
            @event.ReceivedAt,
            @event.SentAt,
            @event.DeliveredAt,
            @event.State,
            @event.Late,
            @event.PossiblyDuplicate,
            @event.Redriven,
            @event.Resolved,
            @event.Reference,
            @event.Code,
            @event.SupersededBy,
            @event.ReplayOf,
            masks.Body(detail.Received),
            masks.Body(detail.Sent),
            [.. detail.Attempts.Select(attempt => From(attempt, masks.IsOn ? answers.Mask(attempt.Result?.Answer) : attempt.Result?.Answer))],
            [.. detail.Acts.Select(act => From(act, masks))])
        {
            Actions = EventActions.Of(@event.State),
            Waiting = WaitBody.Of(detail.Wait),
            SharedBrowser = detail.SharedBrowser is { } shared ? From(shared) : null,
            Warnings = From(@event.Warnings, masks),
            Blanked = @event.Blanked,
        };
    }

    /// <summary>Null when there are no warnings, so that the member is left out.</summary>
    public static IReadOnlyList<ErrorBody>? From(IReadOnlyList<EventWarning> warnings, Masks? masks = null) => warnings.Count == 0
        ? null
        : [.. warnings.Select(known => new ErrorBody(
            (masks ?? Masks.On).Path(known.Path), known.Code, WarningTexts.Of(known.Code)))];

    private static SharedBrowserBody From(SharedBrowserView shared) => new(shared.BrowserId, shared.Guests);

    public static PauseBody From(PersonAct pause, Masks? masks = null) =>
        new(pause.By, pause.At, (masks ?? Masks.On).Text(pause.Reason));

    private static ActBody From(ReceiptAct act, Masks masks) => new(
        Names.Of(act.Kind),
        act.Act.By,
        act.Act.At,
        masks.Text(act.Act.Reason),
        masks.Body(act.Edit?.Body.Bytes ?? default),
        act.SessionClosed);

    private static SessionBody From(SessionView view, Masks masks)
    {
        var session = view.Session;
        return new SessionBody(
            session.Number,
            session.BrowserId,
            masks.Text(session.Channel),
            masks.Text(session.PointOfSale),
            view.Open,
            view.Open ? "OPEN" : session.ContinuedBy is null ? "CLOSED" : "CONTINUED",
            session.StartedAt,
            session.LastActivityAt,
            view.EndedAt,
            Math.Round(((view.EndedAt ?? session.LastActivityAt) - session.StartedAt).TotalSeconds, 3),
            masks.Text(session.FirstPage),
            masks.Text(session.LastPage),
            Masked(session.Counts),
            session.Events,
            From(session.Cart ?? Cart.Empty, view.CartType, masks))
        {
            ContinuedFrom = session.ContinuedFrom,
            ContinuedBy = session.ContinuedBy,
        };
    }

    /// <summary>Types that look the same masked are counted together.</summary>
    private static Dictionary<string, int> Masked(IReadOnlyDictionary<string, int> counts) => counts
        .GroupBy(static count => TextMask.Mask(count.Key), static count => count.Value, StringComparer.Ordinal)
        .ToDictionary(static same => same.Key, static same => same.Sum(), StringComparer.Ordinal);

    private static CartBody From(Cart cart, CartType? type, Masks masks)
    {
        var total = cart.Total ?? (cart.Count == 0 ? 0 : null);
        return new CartBody(
            type is { } known ? Names.Of(known) : null,
            [.. (cart.Lines ?? []).Select(line =>
                new CartLineBody(masks.Text(line.ItemId), line.Quantity, line.Price, line.Total))],
            cart.Count,
            total,
            type == CartType.Abandoned ? total : null,
            cart.Confirmed,
            cart.Partial);
    }

    private static LimitsBody From(LimitsView limits) => new(
        From(limits.UndeliveredEvents),
        From(limits.UndeliveredBytes),
        From(limits.SetAsideEvents),
        From(limits.SetAsideBytes),
        From(limits.DedupIds),
        From(limits.Identifiers));

    private static LimitBody From(LimitUse limit) => new(limit.Used, limit.Limit);

    private static AttemptBody From(Attempt attempt, string? answer) => new(
        attempt.Number,
        attempt.StartedAt,
        attempt.Result?.EndedAt,
        attempt.Result?.Duration.TotalMilliseconds,
        attempt.Result is { } result ? OutcomeNames.Of(result.Outcome) : StateNames.Sending,
        attempt.Result?.Status,
        attempt.Result?.Reference,
        answer,
        attempt.Result?.Error,
        attempt.Result?.Connection is { } connection ? Names.Of(connection) : null);
}
