using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>One service for the tests that only call it, and its contract in a file.</summary>
public sealed class OneService : IAsyncLifetime
{
    public const string Name = "one service";

    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Shop = await Shop.OpenAsync("Direct");
        await Packages.InstalledAsync();
        using var client = new HttpClient { BaseAddress = Shop.Silo.Address };
        var contract = await client.GetByteArrayAsync("/openapi/v1.json");
        foreach (var folder in (string[])["tests/Sdk/client/generated", "tests/Sdk/clients/obj/generated"])
        {
            Directory.CreateDirectory(Path.Combine(Binaries.Root, folder));
            await File.WriteAllBytesAsync(Path.Combine(Binaries.Root, folder, "v1.json"), contract);
        }
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    [CollectionDefinition(Name)]
    public sealed class Users : ICollectionFixture<OneService>;
}
