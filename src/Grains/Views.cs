using System.Buffers;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>Builds support's views from the state and the receipts.</summary>
internal static class Views
{
    public static GuestView OfGuest(GuestSession state, DateTimeOffset now)
    {
        var next = Decider.Next(state, now);
        return new GuestView
        {
            Guest = state.Guest!,
            OpenedAt = state.OpenedAt,
            BrowserIds = BrowserIds(state),
            SharedBrowsers = [.. BrowserIds(state).Select(browserId => SharedBrowser(state, browserId)).OfType<SharedBrowserView>()],
            Identifiers = [.. state.Identifiers.All],
            Sessions = OfSessions(state, now),
            Undelivered = state.Line.Count,
            UndeliveredBytes = state.Line.Bytes,
            Quarantined = state.SetAside.Count - state.SetAside.InDoubtCount,
            InDoubt = state.SetAside.InDoubtCount,
            Delivered = state.DeliveredCount,
            LastSequence = state.LastSequence,
            OldestPendingAt = state.Line.OldestReceivedAt,
            Delivery = DeliveryState(state, next),
            Pause = state.Pause,
            Discarded = state.DiscardedCount,
            ConsentDenied = state.ConsentDenied,
            Lines = [.. state.Lines],
            NextAttemptAt = next is DeliveryStep.Wait wait ? wait.Until : null,
            Limits = new LimitsView(
                new LimitUse(state.Line.Count, state.Limits.UndeliveredEvents),
                new LimitUse(state.Line.Bytes, state.Limits.UndeliveredBytes),
                new LimitUse(state.SetAside.Count, state.Limits.SetAsideEvents),
                new LimitUse(state.SetAside.Bytes, state.Limits.SetAsideBytes),
                new LimitUse(state.Dedup.Count, state.Limits.DedupIds),
                new LimitUse(state.Identifiers.Count, state.Limits.Identifiers)),
        };
    }

    public static EventDetail OfEvent(Receipt receipt, string? browserId, StreamApiOptions upstream) => new()
    {
        Summary = OfReceipt(receipt),
        Received = receipt.Event.Body.Bytes,
        Sent = browserId is null || receipt.IsBlanked || receipt.State == EventState.Dropped ? default : WireBodyOf(receipt.Current, browserId, upstream),
        FromPublicKey = receipt.Event.FromPublicKey,
        Acts = [.. receipt.Acts],
        Attempts = [.. receipt.Attempts],
    };

    /// <summary>The browser of an event, if it also belonged to another guest.</summary>
    public static SharedBrowserView? SharedBrowser(GuestSession state, EventRecorded recorded) =>
        (state.Sessions.Find(recorded.Session)?.BrowserId ?? state.BrowserIdOf(recorded)) is { } browserId
            ? SharedBrowser(state, browserId)
            : null;

    private static SharedBrowserView? SharedBrowser(GuestSession state, string browserId) =>
        state.OthersOf(browserId) is { Count: > 0 } others ? new SharedBrowserView(browserId, others) : null;

    /// <summary>The body that goes over the wire, without the client key.</summary>
    public static ReadOnlyMemory<byte> WireBodyOf(EventRecorded recorded, string browserId, StreamApiOptions upstream)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WireBody.Write(
            buffer, recorded.Body, recorded.Defaults ?? default, browserId, clientKey: null,
            upstream.SendsRequestedAt ? recorded.OccurredAt ?? recorded.ReceivedAt : null,
            upstream.Form == StreamApiForm.Edge ? "" : null);
        return buffer.WrittenMemory;
    }

    public static EventSummary OfReceipt(Receipt receipt) => new()
    {
        Sequence = receipt.Event.Sequence,
        EventId = receipt.Event.EventId,
        Type = receipt.Current.Type,
        OccurredAt = receipt.Event.OccurredAt,
        ReceivedAt = receipt.Event.ReceivedAt,
        SentAt = receipt.SentAt,
        DeliveredAt = receipt.DeliveredAt,
        State = StateNames.Of(receipt.State),
        Late = receipt.IsLate,
        Redriven = receipt.IsRedriven,
        Resolved = receipt.IsResolved,
        PossiblyDuplicate = receipt.PossiblyDuplicate,
        Attempts = receipt.Attempts.Count,
        Reference = receipt.Reference,
        Code = receipt.Code,
        SupersededBy = receipt.SupersededBy,
        ReplayOf = receipt.Event.Replay?.Of,
        Warnings = receipt.Current.Warnings ?? [],
        Blanked = receipt.IsBlanked,
    };

    /// <summary>Newest first. Shows cart lines up to the limit of one cart; the remaining carts are summaries.</summary>
    private static List<SessionView> OfSessions(GuestSession state, DateTimeOffset now)
    {
        var lines = 0;
        List<SessionView> sessions = [];
        foreach (var session in state.Sessions.All.Reverse().Where(static session => session.IsOwn))
        {
            var cart = session.Cart ?? Cart.Empty;
            lines += cart.Lines?.Count ?? 0;
            sessions.Add(OfSession(session, lines <= state.Limits.CartLines ? cart : cart.ToSummary(), state, now));
        }

        return sessions;
    }

    private static SessionView OfSession(UpstreamSession session, Cart cart, GuestSession state, DateTimeOffset now)
    {
        var isOpen = session.ContinuedBy is null && session.IsOpen(now);
        DateTimeOffset? endedAt = isOpen || session.ContinuedBy is not null ? null : session.ClosedAt ?? session.LastActivityAt;
        var shown = session with
        {
            BrowserId = session.BrowserId ?? state.BrowserId,
            Cart = cart,

            // Only pre-flight uses them, and the list may be long.
            Providers = null,
        };
        return new SessionView(shown, isOpen, endedAt, session.CartTypeAt(now));
    }

    private static List<string> BrowserIds(GuestSession state)
    {
        var named = state.Sessions.All.Where(static session => session.IsOwn)
            .Select(static session => session.BrowserId).OfType<string>();
        return [.. (state.BrowserId is { } own ? named.Prepend(own) : named).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string DeliveryState(GuestSession state, DeliveryStep next) => next switch
    {
        DeliveryStep.Idle => StepNames.Idle,
        DeliveryStep.AwaitOutcome { Open.TakenOverUntil: not null } => StepNames.TakingOver,
        DeliveryStep.AwaitOutcome => StepNames.Sending,
        DeliveryStep.Paused => StepNames.Paused,
        DeliveryStep.RefusedWaits => StepNames.RefusedWaits,
        DeliveryStep.SetAsideFull => StepNames.SetAsideFull,
        DeliveryStep.AwaitBrowser => StepNames.AwaitingBrowser,
        DeliveryStep.Wait when state.Line.Head?.RetryAt is not null || state.BrowserIdRetryAt is not null => StepNames.BackingOff,
        _ => StepNames.Waiting,
    };
}
