using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>A tenant's grain that keeps what it was told.</summary>
public sealed class FakeTenant(FakeCluster cluster) : ITenantGrain
{
    public TenantDeliveryView View { get; set; } = new();

    public Task<TenantDeliveryView> ReadAsync() => Answer();

    public Task<TenantDeliveryView> PauseAsync(ActMessage act)
    {
        View = View with { Pause = act.At(ApiHost.Now) };
        return Answer();
    }

    public Task<TenantDeliveryView> ResumeAsync(ActMessage act)
    {
        View = View with { Pause = null };
        return Answer();
    }

    private Task<TenantDeliveryView> Answer() =>
        cluster.Fault is { } fault ? Task.FromException<TenantDeliveryView>(fault) : Task.FromResult(View);
}
