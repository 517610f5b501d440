using GuestSessions.Core.Events.Rules;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private IExtTypeStore ExtTypes => _store.ExtTypes;

    [Fact]
    public async Task Ext_types_are_kept_as_they_were_first_seen_until_they_are_forgotten()
    {
        LearnedExtType Of(string eventType, string name, ExtType type, int minute = 0) =>
            new(new ExtAttribute(eventType, name, type), Entries.Start.AddMinutes(minute));
        await ExtTypes.LearnAsync(
            Entries.Tenant, [Of("VIEW", "b", ExtType.Number), Of("VIEW", "a", ExtType.Text), Of("ADD", "a", ExtType.List)],
            CancellationToken.None);
        await ExtTypes.LearnAsync("other", [Of("VIEW", "a", ExtType.Boolean)], CancellationToken.None);
        await ExtTypes.LearnAsync(Entries.Tenant, [Of("VIEW", "a", ExtType.Boolean, minute: 1)], CancellationToken.None);

        Assert.Equal(
            [Of("ADD", "a", ExtType.List), Of("VIEW", "a", ExtType.Text), Of("VIEW", "b", ExtType.Number)],
            await ExtTypes.LoadAsync(Entries.Tenant, CancellationToken.None));

        await ExtTypes.ForgetAsync(Entries.Tenant, "VIEW", "a", CancellationToken.None);
        Assert.Equal(2, (await ExtTypes.LoadAsync(Entries.Tenant, CancellationToken.None)).Count);
        await ExtTypes.ForgetAsync(Entries.Tenant, null, null, CancellationToken.None);
        Assert.Empty(await ExtTypes.LoadAsync(Entries.Tenant, CancellationToken.None));
        Assert.Single(await ExtTypes.LoadAsync("other", CancellationToken.None));
    }
}
