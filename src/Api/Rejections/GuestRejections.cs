using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Rejections;

/// <summary>Reads the latest rejections about a guest, an event or an order.</summary>
internal sealed class GuestRejections(RejectionLog log)
{
    private const int MostShown = 20;
    private const int MostLookedThrough = 500;

    public async Task<IReadOnlyList<RejectionItem>> OfGuestAsync(string tenant, string guest) =>
        Items(await log.ReadAsync(tenant, code: null, guest, orderReference: null, before: null, MostShown));

    public async Task<IReadOnlyList<RejectionItem>> OfOrderAsync(string tenant, string reference) =>
        Items(await log.ReadAsync(tenant, code: null, guest: null, reference, before: null, MostShown));

    /// <summary>The rejections of one event id, among the latest of its guest.</summary>
    public async Task<IReadOnlyList<RejectionItem>> OfEventAsync(string tenant, string guest, string eventId)
    {
        var page = await log.ReadAsync(tenant, code: null, guest, orderReference: null, before: null, MostLookedThrough);
        return [.. page.Rejections.Where(rejection => rejection.EventId == eventId).Take(MostShown)
            .Select(RejectionEndpoints.From)];
    }

    /// <summary>The rejections of an order and of a guest together.</summary>
    public async Task<IReadOnlyList<RejectionItem>> FindAsync(string tenant, string? guest, string? orderReference)
    {
        var found = (orderReference is null ? [] : await OfOrderAsync(tenant, orderReference))
            .Concat(guest is null ? [] : await OfGuestAsync(tenant, guest));
        return [.. found.OrderByDescending(static rejection => rejection.At).Take(MostShown)];
    }

    private static IReadOnlyList<RejectionItem> Items(RejectionPage page) =>
        [.. page.Rejections.Select(RejectionEndpoints.From)];
}
