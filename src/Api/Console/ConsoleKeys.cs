using System.Security.Cryptography;
using System.Xml.Linq;
using GuestSessions.Core.Guests;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Console;

/// <summary>
/// The key of cookies and forms, derived from the secret of the store: every host of a cluster has the same one, so a form
/// from one host can be sent to another, and nothing has to be kept beside the store.
/// </summary>
/// <param name="services">The keyring is known only once an API host has reached the cluster.</param>
internal sealed class ConsoleKeys(IServiceProvider services) : IXmlRepository
{
    private const int KeyLength = 64;
    private const int IdLength = 16;

    private static readonly DateTimeOffset Created = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Expires = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var secret = services.GetRequiredService<GuestKeyring>().CopySecret();
        using var key = new Secret(Derive(secret, KeyLength, "console key"u8));
        var descriptor = new AuthenticatedEncryptorDescriptor(new AuthenticatedEncryptorConfiguration(), key).ExportToXml();
        return
        [
            new XElement("key",
                new XAttribute("id", new Guid(Derive(secret, IdLength, "console key id"u8))),
                new XAttribute("version", 1),
                new XElement("creationDate", Created),
                new XElement("activationDate", Created),
                new XElement("expirationDate", Expires),
                new XElement("descriptor",
                    new XAttribute("deserializerType", descriptor.DeserializerType.AssemblyQualifiedName!),
                    descriptor.SerializedDescriptorElement)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        throw new NotSupportedException("The only key follows from the store's secret.");

    private static byte[] Derive(byte[] secret, int length, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt: [], purpose);
        return derived;
    }
}

internal static class ConsoleKeyServices
{
    public static void AddConsoleKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("GuestSessions").DisableAutomaticKeyGeneration();
        services.AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>(static (options, provider) => options.XmlRepository = new ConsoleKeys(provider));
    }
}
