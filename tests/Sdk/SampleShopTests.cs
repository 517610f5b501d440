using System.Diagnostics;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>The shop of <c>samples/shop</c>, as its README starts it.</summary>
[Collection(OneService.Name)]
public sealed class SampleShopTests(OneService one)
{
    private const string Folder = "samples/shop";

    private static readonly string[] Types = ["VIEW", "VIEW", "ADD", "VIEW", "SIGNED_IN", "IDENTITY", "ORDER_CHECKOUT", "VIEW"];

    [Fact]
    public async Task What_a_visitor_does_in_the_pages_and_in_the_backend_is_one_journey_in_the_console_and_upstream()
    {
        var service = one.Shop;
        await Commands.RunAsync(Folder, "npm ci --no-progress && npm run build");
        var address = $"http://localhost:{FreePort.Take()}";
        string[] arguments = [BinaryOf("Shop"), "--urls", address, "--Shop:Sessions", service.Silo.Address.ToString(), "--Logging:LogLevel:Default=Warning"];
        using var shop = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Path.Combine(Binaries.Root, Folder) })!;
        try
        {
            using var client = new HttpClient();
            await Eventually.TrueAsync(() => AnswersAsync(client, address));
            var settings = service.Settings();
            settings["shop"] = address;
            settings["email"] = "niamh@harbourbikes.example";
            using var visitor = await SdkClient.StartAsync("shop.mjs", settings);
            await visitor.FinishAsync();

            Assert.Empty(visitor.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
            var rows = visitor.Told("journey").AsArray().Select(static row => row!.GetValue<string>().Split(' ')[0]);
            Assert.Equal(Types, rows.Reverse());
            var kept = await service.KeptAsync(visitor.Told("browser").GetValue<string>(), static arrived => arrived.Count == Types.Length);
            Assert.Equal(Types, kept.Select(static arrival => arrival.Type));
        }
        finally
        {
            shop.Kill(entireProcessTree: true);
        }
    }

    private static string BinaryOf(string sample) => Path.Combine(
        Binaries.Root, Folder, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, $"net10.0/GuestSessions.{sample}.dll");

    private static async Task<bool> AnswersAsync(HttpClient client, string address)
    {
        try
        {
            return (await client.GetAsync(address)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not yet.
        }
    }
}
