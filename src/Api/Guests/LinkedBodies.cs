using GuestSessions.Api.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>Shows a guest and the browsers it was named for as one guest.</summary>
internal static class LinkedBodies
{
    public static GuestBody From(
        GuestView own, IReadOnlyList<GuestView> lines, DateTimeOffset now, Masks? masks = null)
    {
        masks ??= Masks.On;
        if (lines.Count == 0)
            return GuestBodies.From(own, now, masks);
        IReadOnlyList<GuestView> all = [own, .. lines];
        return GuestBodies.From(Together(own, all), now, masks) with
        {
            Lines = [.. lines.Select(From)],
            LineCount = own.Lines.Count,
        };
    }

    public static LinkedLineBody From(GuestView line) => new(
        line.Guest, line.Undelivered, line.Delivery, line.Quarantined, line.InDoubt, line.Delivered)
    {
        Waiting = WaitBody.Of(line.Wait),
    };

    private static GuestView Together(GuestView own, IReadOnlyList<GuestView> all) => own with
    {
        OpenedAt = all.Min(static view => view.OpenedAt),
        BrowserIds = [.. all.SelectMany(static view => view.BrowserIds).Distinct(StringComparer.OrdinalIgnoreCase)],
        Identifiers = [.. all.SelectMany(static view => view.Identifiers)
            .DistinctBy(static known => (known.Provider, known.Id))],
        Sessions = [.. all.SelectMany(static view => view.Sessions, static (view, session) => (view.Guest, Session: session))
            .GroupBy(
                static known => known.Session.Session.Origin ?? new SessionOrigin(known.Guest, known.Session.Session.Number),
                static known => known.Session)
            .Select(LatestOf)
            .OrderByDescending(static view => view.Session.StartedAt)],
        Undelivered = all.Sum(static view => view.Undelivered),
        UndeliveredBytes = all.Sum(static view => view.UndeliveredBytes),
        OldestPendingAt = all.Min(static view => view.OldestPendingAt),
        Quarantined = all.Sum(static view => view.Quarantined),
        InDoubt = all.Sum(static view => view.InDoubt),
        Delivered = all.Sum(static view => view.Delivered),
        Discarded = all.Sum(static view => view.Discarded),

        // The guest's own line may be empty while a browser's line is not.
        Wait = own.Wait ?? all.Select(static view => view.Wait).FirstOrDefault(static wait => wait is not null),
    };

    /// <summary>A session that one line continues for another is one session, as its current line knows it.</summary>
    private static SessionView LatestOf(IEnumerable<SessionView> same) =>
        same.OrderBy(static view => view.Session.ContinuedBy is null ? 0 : 1)
            .ThenByDescending(static view => view.Session.LastActivityAt).First();
}
