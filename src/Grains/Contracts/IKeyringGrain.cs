using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// What an API host without a database of its own needs to turn guest ids into grain keys. Key 0, on every silo.
/// </summary>
[Alias("keyring"), Version(1)]
public interface IKeyringGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The secret of the store's keyring. It goes to hosts of the cluster only, which the silo's gateway tells by their
    /// certificates; it is never logged and never kept.
    /// </summary>
    [Alias("secret")]
    Task<byte[]> ReadSecretAsync();
}
