using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>Gets the grains of a tenant. Only here does a guest id become a grain key.</summary>
public sealed class GuestGrains(IGrainFactory grains, GuestKeyring keyring, CallerTenant caller)
{
    public IGuestGrain For(string tenant, string guest) => For<IGuestGrain>(tenant, KeyOf(tenant, guest));

    public IGuestListsGrain Lists(string tenant) => For<IGuestListsGrain>(tenant, tenant);

    public ITenantGrain Tenant(string tenant) => For<ITenantGrain>(tenant, tenant);

    public ITenantHistoryGrain History(string tenant) => For<ITenantHistoryGrain>(tenant, tenant);

    public IOperationGrain Operation(string tenant, string id) => For<IOperationGrain>(tenant, $"{tenant}/{id}");

    public IBrowserDirectoryGrain Browsers(string tenant) => For<IBrowserDirectoryGrain>(tenant, tenant);

    public IGuestDirectoryGrain Directory(string tenant) => For<IGuestDirectoryGrain>(tenant, tenant);

    public IEventSearchGrain Events(string tenant) => For<IEventSearchGrain>(tenant, tenant);

    public IRejectionsGrain Rejections(string tenant) => For<IRejectionsGrain>(tenant, tenant);

    public IRevealsGrain Reveals(string tenant) => For<IRevealsGrain>(tenant, tenant);

    public IExtTypesGrain ExtTypes(string tenant) => For<IExtTypesGrain>(tenant, tenant);

    /// <summary>The key by which grains name a guest.</summary>
    public string KeyOf(string tenant, string guest) => keyring.KeyOf(tenant, guest).ToString();

    private TGrain For<TGrain>(string tenant, string key)
        where TGrain : IGrainWithStringKey
    {
        caller.IsAtLeast(tenant);
        return grains.GetGrain<TGrain>(key);
    }
}
