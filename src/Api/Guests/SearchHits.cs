using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>What a search matched, as the answer names it.</summary>
internal static class HitKinds
{
    public const string Identifier = "identifier";
    public const string BrowserId = "browser_id";
    public const string OrderReference = "order_reference";
    public const string GuestId = "guest_id";
    public const string EventId = "event_id";
}

/// <summary>Reads what a person has to know of a guest that was found: when it was active last, and what is in trouble.</summary>
internal sealed class SearchHits(GuestGrains guests)
{
    /// <summary>Guests read in parallel.</summary>
    private const int AtOnce = 16;

    public async Task<IReadOnlyList<FoundGuest>> ReadAsync(
        string tenant, IReadOnlyList<(string Guest, IEnumerable<string> Kinds)> found)
    {
        List<FoundGuest> hits = [];
        foreach (var some in found.Chunk(AtOnce))
        {
            hits.AddRange(await Task.WhenAll(some.Select(async one =>
                Of(one.Guest, one.Kinds, await guests.For(tenant, one.Guest).ReadAsync()))));
        }

        return hits;
    }

    private static FoundGuest Of(string guest, IEnumerable<string> kinds, GuestView? view) => new(guest)
    {
        Matched = [.. kinds.Order(StringComparer.Ordinal)],
        LastActivityAt = LastActivityOf(view),
        Undelivered = view?.Undelivered,
        Quarantined = view?.Quarantined,
        InDoubt = view?.InDoubt,
        IsPaused = view is null ? null : view.Pause is not null,
    };

    private static DateTimeOffset? LastActivityOf(GuestView? view) => view is null
        ? null
        : view.Sessions.Select(static session => session.Session.LastActivityAt).Append(view.OpenedAt).Max();
}
