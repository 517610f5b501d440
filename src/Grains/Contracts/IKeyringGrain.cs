using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Gives an API host without its own database the secret that turns guest ids into grain keys. Key 0, on every silo.
/// </summary>
[Alias("keyring"), Version(1)]
public interface IKeyringGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns the secret of the store's keyring. Only hosts of the cluster receive it; the silo's gateway recognizes them
    /// by their certificates. It is never logged and never stored.
    /// </summary>
    [Alias("secret")]
    Task<byte[]> ReadSecretAsync();
}
