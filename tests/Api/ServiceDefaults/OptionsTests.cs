using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tests.ServiceDefaults;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Delivery:InFlight", "0", "Sessions:Delivery:InFlight")]
    [InlineData("Delivery:StartValidity", "01:00:00", "Sessions:Delivery:StartValidity")]
    [InlineData("Tenants:demo:StreamApi:BaseUrl", "ftp://x", "Sessions:Tenants:demo:StreamApi:BaseUrl: expected an absolute")]
    [InlineData("Tenants:demo:StreamApi:BaseUrl", "/v1", "Sessions:Tenants:demo:StreamApi:BaseUrl: expected an absolute")]
    [InlineData("Tenants:demo:StreamApi:ClientKey", "", "Sessions:Tenants:demo:StreamApi:ClientKey")]
    [InlineData("Tenants:demo:PointsOfSale:0:Name", "", "Sessions:Tenants:demo:PointsOfSale:0:Name")]
    [InlineData("Tenants:demo:PointsOfSale:0:SessionTimeout", "00:00:00", "Sessions:Tenants:demo:PointsOfSale:0:SessionTimeout")]
    [InlineData("Tenants:demo:PointsOfSale:1:Name", "harbourbikes/ie", "Sessions:Tenants:demo:PointsOfSale:1:Name: \"harbourbikes/ie\" is configured twice")]
    [InlineData("Tenants:demo:PointsOfSale:0:Defaults:PointOfSale", "x", "only a tenant has a default point of sale")]
    [InlineData("Tenants:demo:PointsOfSale:0:Defaults:Currency", "euros", "Sessions:Tenants:demo:PointsOfSale:0:Defaults:Currency: expected")]
    [InlineData("Tenants:demo:Defaults:Channel", "web", "Sessions:Tenants:demo:Defaults:Channel: expected one of AIRPORT_KIOSK")]
    [InlineData("Tenants:demo:Defaults:Currency", "euro", "Sessions:Tenants:demo:Defaults:Currency: expected")]
    [InlineData("Tenants:demo:Defaults:PointOfSale", "nowhere", "Sessions:Tenants:demo:Defaults:PointOfSale: \"nowhere\" is not one")]
    [InlineData("Tenants:no name:StreamApi:BaseUrl", "https://x", "Sessions:Tenants:no name: a tenant's name")]
    [InlineData("Tenants:other:StreamApi:ClientKey", "demo-client-key", "Sessions:Tenants:demo:StreamApi:ClientKey and Sessions:Tenants:other:StreamApi:ClientKey")]
    [InlineData("Tenants:other:StreamApi:ClientKey", "x", "Sessions:Tenants:other:PointsOfSale: configure at least one")]
    [InlineData("Tenants:demo:ApiKeys:0:Id", "app", "Sessions:Tenants:demo:ApiKeys:0:SecretSha256")]
    [InlineData("Tenants:demo:ApiKeys:0:SecretSha256", "secret", "Sessions:Tenants:demo:ApiKeys:0:SecretSha256")]
    [InlineData("Cluster:Provider", "Postgres", "Sessions:Cluster:Tls:Certificate: a cluster's ports accept anyone")]
    [InlineData("Memory:RejectPercent", "60", "Sessions:Memory:RejectPercent: expected more than LeavePercent")]
    [InlineData("Memory:RejectAllPercent", "80", "Sessions:Memory:RejectAllPercent: expected more than RejectPercent")]
    [InlineData("Memory:LeavePercent", "10", "Sessions:Memory:SparePercent: expected less than LeavePercent")]
    [InlineData("Memory:LeavePercent", "100", "Sessions:Memory:LeavePercent: ")]
    [InlineData("SignIn:ClientId", "console", "Sessions:SignIn:Authority: nobody can sign in without a provider.")]
    [InlineData("SignIn:Authority", "https://login.example", "Sessions:SignIn:ClientId: set it for the console, or Sessions:SignIn:Audiences")]
    [InlineData("SignIn:Authority", "https://login.example", "Sessions:SignIn:Roles: nobody could do anything.")]
    [InlineData("SignIn:Authority", "login.example", "Sessions:SignIn:Authority: expected an address like https://login.example")]
    [InlineData("SignIn:SessionLength", "8.00:00:00", "Sessions:SignIn:SessionLength")]
    [InlineData("SignIn:RolesClaim", "", "Sessions:SignIn:RolesClaim")]
    [InlineData("SignIn:Roles:0:Tenants:demo:0", "admin", "Sessions:SignIn:Roles:0:Name")]
    [InlineData("SignIn:Roles:0:Tenants:nowhere:0", "admin", "Sessions:SignIn:Roles:0:Tenants:nowhere: there is no such tenant.")]
    [InlineData("SignIn:Roles:0:Tenants:*:0", "root", "Sessions:SignIn:Roles:0:Tenants:*: unknown scope \"root\"")]
    public async Task A_wrong_option_stops_the_start_and_is_named_by_its_key(string key, string value, string message)
    {
        var refusal = await RefusedAsync(new() { [$"Sessions:{key}"] = value });

        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_the_provider_and_the_console_need_https_and_the_console_its_address()
    {
        var key = Configurations.Key("demo", 0, "app", "mine", "ingest");
        Dictionary<string, string?> signIn = new()
        {
            ["Sessions:SignIn:Authority"] = "http://login.example",
            ["Sessions:SignIn:ClientId"] = "console",
            ["Sessions:SignIn:Roles:0:Name"] = "agents",
            ["Sessions:SignIn:Roles:0:Tenants:*:0"] = "support:read",
        };

        var without = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ApiHost.StartAsync(Configurations.Of(key, signIn), "Production"));
        signIn["Sessions:SignIn:PublicAddress"] = "http://sessions.example/console";
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ApiHost.StartAsync(Configurations.Of(key, signIn), "Production"));

        Assert.Contains("Sessions:SignIn:Authority: expected https", without.Message, StringComparison.Ordinal);
        Assert.Contains("Sessions:SignIn:PublicAddress: set scheme and host", without.Message, StringComparison.Ordinal);
        Assert.Contains("Sessions:SignIn:PublicAddress: expected https", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Sessions:SignIn:PublicAddress: expected scheme and host only", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_an_unknown_scope_stops_the_start_and_is_named()
        => Assert.Contains(
            "Sessions:Tenants:demo:ApiKeys:0:Scopes: unknown scope \"root\"",
            await RefusedAsync(Configurations.Key("demo", 0, "app", "x", "root")), StringComparison.Ordinal);

    [Fact]
    public async Task Ids_of_keys_are_unique_over_all_tenants()
        => Assert.Contains(
            "Sessions:Tenants:demo:ApiKeys:0:Id and Sessions:Tenants:other:ApiKeys:0:Id",
            await RefusedAsync(Configurations.Of(
                Configurations.Other,
                Configurations.Key("demo", 0, "app", "x", "ingest"),
                Configurations.Key("other", 0, "app", "y", "ingest"))), StringComparison.Ordinal);

    [Fact]
    public async Task A_secret_occurs_once_in_a_tenant()
        => Assert.Contains(
            "Sessions:Tenants:demo:ApiKeys: two keys have the same SecretSha256",
            await RefusedAsync(Configurations.Of(
                Configurations.Key("demo", 0, "app", "x", "ingest"),
                Configurations.Key("demo", 1, "app-2", "x", "ingest"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Tenants:demo:PointsOfSale:0:Name", "Sessions:Tenants:demo:PointsOfSale:0:Name: expected a value")]
    [InlineData("Tenants:demo:StreamApi:ClientKey", "Sessions:Tenants:demo:StreamApi:ClientKey: expected a value")]
    public void A_null_where_a_value_is_expected_stops_the_start(string key, string message)
    {
        var configuration = Configurations.Demo
            .Where(entry => !entry.Key.StartsWith($"Sessions:{key}", StringComparison.Ordinal)).ToDictionary();
        configuration[$"Sessions:{key}"] = null;

        var refusal = Check(configuration);

        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_tenant_nothing_starts()
        => Assert.Contains("Sessions:Tenants: configure at least one tenant", Check([]), StringComparison.Ordinal);

    /// <summary>What is wrong with a configuration that stands for itself.</summary>
    private static string Check(Dictionary<string, string?> configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.AddServiceDefaults(new MetricsOptions());
        using var services = builder.Services.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<SessionsOptions>>().Value).Message;
    }

    private static async Task<string> RefusedAsync(Dictionary<string, string?> configuration)
        => (await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var api = await ApiHost.StartAsync(configuration);
        })).Message;
}
