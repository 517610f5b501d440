using GuestSessions.Api.Guests;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// Keeps the types of a tenant's <c>ext</c> attributes the same on all hosts of the API. A host goes by what it saw
/// itself until the tenant's grain has told what was seen first.
/// </summary>
internal sealed class ExtTypeAgreement(GuestGrains grains)
{
    public ExtTypes For(string tenant)
    {
        ExtTypes types = null!;
        var lane = new SideLane<ExtTypeMessage>(async seen =>
        {
            foreach (var agreed in await grains.ExtTypes(tenant).AgreeAsync(seen))
                types.Agree(new ExtAttribute(agreed.EventType, agreed.Name, (ExtType)agreed.Type));
        });
        return types = new ExtTypes(
            attribute => lane.Add(new ExtTypeMessage(attribute.EventType, attribute.Name, (int)attribute.Type)));
    }
}
