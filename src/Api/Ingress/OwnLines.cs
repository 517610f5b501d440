using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingress;

/// <summary>Every browser is a guest of its own: what a host has that knows of no owners.</summary>
internal sealed class OwnLines : IBrowserOwners
{
    public ValueTask<string> OwnerOfAsync(string tenant, string browserId) => new(BrowserGuests.Of(browserId));
}
