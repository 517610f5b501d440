using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Says why a guest, or an event of it, is not there: it was never seen (404), or it was erased (410). Every call under the
/// guest's address answers the same.
/// </summary>
internal sealed class MissingGuests(GuestGrains grains, LinkedGuests links)
{
    public async Task<Refusal> RefuseAsync(string tenant, string guest) =>
        await ErasedAsync(tenant, guest) ?? Refusals.GuestNotFound(guest);

    public async Task<Refusal> RefuseAsync(string tenant, string guest, string eventId) =>
        await ErasedAsync(tenant, guest) ?? Refusals.EventNotFound(guest, eventId);

    private async Task<Refusal?> ErasedAsync(string tenant, string guest) =>
        CallerIds.IsValid(guest)
            && await grains.For(tenant, await links.NameOfAsync(tenant, guest)).ReadErasureAsync() is { } erasure
            ? Refusals.GuestErased(erasure.At, erasure.Operation)
            : null;
}
