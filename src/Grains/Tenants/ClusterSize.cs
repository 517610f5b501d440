namespace GuestSessions.Grains.Tenants;

/// <summary>What is known of the cluster's size before anything runs.</summary>
/// <param name="IsOneSilo">No other silo ever joins, so that nothing has to be shared or waited for.</param>
public sealed record ClusterSize(bool IsOneSilo);
