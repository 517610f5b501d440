using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>The way to a guest's grain: the only place where a guest id becomes a grain key.</summary>
public sealed class GuestGrains(IGrainFactory grains, GuestKeyring keyring)
{
    public IGuestSessionGrain For(string tenant, string guest)
        => grains.GetGrain<IGuestSessionGrain>(keyring.KeyOf(tenant, guest).ToString());

    public IGuestSupportGrain Support(string tenant, string guest)
        => grains.GetGrain<IGuestSupportGrain>(keyring.KeyOf(tenant, guest).ToString());

    public IOperatorListsGrain Lists(string tenant) => grains.GetGrain<IOperatorListsGrain>(tenant);

    public IOperationGrain Operation(string tenant, string id) => grains.GetGrain<IOperationGrain>($"{tenant}/{id}");

    /// <summary>A guest as grains name it.</summary>
    public string KeyOf(string tenant, string guest) => keyring.KeyOf(tenant, guest).ToString();

    public IGuestDirectoryGrain Directory(string tenant) => grains.GetGrain<IGuestDirectoryGrain>(tenant);
}
