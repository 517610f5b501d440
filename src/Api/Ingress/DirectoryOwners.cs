using GuestSessions.Api.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingress;

/// <summary>Asks the cluster for the owner of each browser.</summary>
internal sealed class DirectoryOwners(GuestGrains guests) : IBrowserOwners
{
    public async ValueTask<string> OwnerOfAsync(string tenant, string browserId) =>
        await guests.Browsers(tenant).OwnerOfAsync(browserId);
}
