namespace GuestSessions.Storage.Tenants;

/// <summary>The rows of the tenants' own state, as bytes: of their delivery and of their history.</summary>
public interface ITenantRows
{
    /// <summary>Reads the last saved state; null when none was saved.</summary>
    Task<byte[]?> ReadAsync(string tenant, CancellationToken cancellation);

    /// <summary>Replaces the state; it is on disk when the task completes.</summary>
    Task SaveAsync(string tenant, byte[] payload, CancellationToken cancellation);
}
