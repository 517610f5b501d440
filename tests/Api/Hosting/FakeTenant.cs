using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>A tenant's grain that keeps what it was told.</summary>
public sealed class FakeTenant(FakeCluster cluster) : ITenantGrain
{
    public TenantDeliveryView View { get; set; } = new();

    public Task<TenantDeliveryView> ReadAsync() => Answer();

    public Task<TenantDeliveryView> PauseAsync(TenantAct act)
    {
        View = View with { PausedBy = act.By, PauseReason = act.Reason, PausedAt = ApiHost.Now };
        return Answer();
    }

    public Task<TenantDeliveryView> ResumeAsync(TenantAct act)
    {
        View = View with { PausedBy = null, PauseReason = null, PausedAt = null };
        return Answer();
    }

    private Task<TenantDeliveryView> Answer() =>
        cluster.Fault is { } fault ? Task.FromException<TenantDeliveryView>(fault) : Task.FromResult(View);
}
