using GuestSessions.Core.Events;
using GuestSessions.Core.Rejections;

namespace GuestSessions.Api.Rejections;

/// <summary>Reads the latest rejections about a guest, an event or an order.</summary>
internal sealed class GuestRejections(RejectionLog log)
{
    private const int MostShown = 20;
    private const int MostLookedThrough = 500;

    /// <summary>Those of a guest by its very id; an id that no guest can have is compared as a search compares.</summary>
    public async Task<IReadOnlyList<RejectionItem>> OfGuestAsync(string tenant, string guest) =>
        [.. (await LikeAsync(tenant, guest)).Where(rejection => IsOf(guest, rejection.Guest)).Select(RejectionEndpoints.From)];

    public async Task<IReadOnlyList<RejectionItem>> OfOrderAsync(string tenant, string reference) =>
        [.. (await AboutAsync(tenant, reference)).Select(RejectionEndpoints.From)];

    /// <summary>The rejections of one event id, among the latest of its guest.</summary>
    public async Task<IReadOnlyList<RejectionItem>> OfEventAsync(string tenant, string guest, string eventId)
    {
        var page = await log.ReadAsync(tenant, code: null, guest, orderReference: null, before: null, MostLookedThrough);
        return [.. page.Rejections
            .Where(rejection => rejection.EventId == eventId && IsOf(guest, rejection.Guest)).Take(MostShown)
            .Select(RejectionEndpoints.From)];
    }

    /// <summary>The rejections of an order and of a guest together.</summary>
    public async Task<IReadOnlyList<RejectionItem>> FindAsync(string tenant, string? guest, string? orderReference)
    {
        var found = (orderReference is null ? [] : await AboutAsync(tenant, orderReference))
            .Concat(guest is null ? [] : await LikeAsync(tenant, guest));
        return [.. found.OrderByDescending(static rejection => rejection.At).Take(MostShown).Select(RejectionEndpoints.From)];
    }

    private async Task<IReadOnlyList<Rejection>> LikeAsync(string tenant, string guest) =>
        (await log.ReadAsync(tenant, code: null, guest, orderReference: null, before: null, MostShown)).Rejections;

    private async Task<IReadOnlyList<Rejection>> AboutAsync(string tenant, string reference) =>
        (await log.ReadAsync(tenant, code: null, guest: null, reference, before: null, MostShown)).Rejections;

    /// <summary>Compares ids as they were sent, before they are masked to be shown.</summary>
    private static bool IsOf(string guest, string? sent) => sent == guest || !CallerIds.IsValid(guest);
}
