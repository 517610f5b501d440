using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The whole section <c>Sessions</c>: what the core knows of it, and what only hosts read.</summary>
public sealed class ServiceOptions : SessionsOptions
{
    public StorageOptions Storage { get; set; } = new();
    public ClusterOptions Cluster { get; set; } = new();
    public ApiOptions Api { get; set; } = new();
    public DashboardOptions Dashboard { get; set; } = new();
    public SignInOptions SignIn { get; set; } = new();
    public ConsoleOptions Console { get; set; } = new();
    public EmulatorOptions Emulator { get; set; } = new();
    public IngressOptions Ingress { get; set; } = new();
    public MetricsOptions Metrics { get; set; } = new();
}
