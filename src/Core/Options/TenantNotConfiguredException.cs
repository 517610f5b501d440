namespace GuestSessions.Core.Options;

/// <summary>
/// This process does not know the tenant: it was removed, or was added a moment ago and other hosts know it already.
/// </summary>
public sealed class TenantNotConfiguredException(string tenant) : Exception($"No tenant {tenant} is configured here.");
