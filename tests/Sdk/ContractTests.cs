namespace GuestSessions.SdkTests;

/// <summary>The contract of a running service, as the tools of other people read it.</summary>
[Collection(OneService.Name)]
public sealed class ContractTests(OneService service)
{
    [Fact]
    public async Task Redocly_finds_nothing_to_say_about_the_contract()
    {
        var said = await Commands.RunAsync("tests/Sdk/client", "npx redocly lint generated/v1.json --extends recommended --format json");

        Assert.Contains("\"errors\": 0,", said, StringComparison.Ordinal);
        Assert.Contains("\"warnings\": 0,", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_page_loads_from_its_host_alone_and_the_browser_complains_of_nothing()
    {
        var settings = service.Shop.Settings();
        using var browser = await SdkClient.StartAsync("api-page.mjs", settings);
        await browser.FinishAsync();

        Assert.Equal("Guest Sessions: the API", browser.Told("title").GetValue<string>());
        Assert.Empty(browser.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
        var loaded = browser.Lines.Select(static line => line["loaded"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.Contains(loaded, static address => address.EndsWith("/openapi/v1.json", StringComparison.Ordinal));
        Assert.All(loaded, address => Assert.StartsWith(settings["url"]!.GetValue<string>(), address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_typescript_program_over_generated_types_sends_an_event_and_reads_it_back() =>
        Assert.Equal("accepted VIEW 1 0\n", await Commands.RunAsync(
            "tests/Sdk/client",
            "npx openapi-typescript generated/v1.json -o generated/v1.d.ts >&2 && npx tsc && "
            + $"node generated/typed.js {service.Shop.Silo.Address.GetLeftPart(UriPartial.Authority)}"));

    [Fact]
    public async Task Clients_that_kiota_and_nswag_generate_send_an_event_and_read_it_back() =>
        Assert.Equal("kiota Accepted VIEW 1 0\nnswag Accepted VIEW 1 0\n", await Commands.RunAsync(
            "tests/Sdk/clients", $"./generate.sh >&2 && dotnet bin/Release/net10.0/Clients.dll {service.Shop.Silo.Address}"));
}
