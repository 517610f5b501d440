using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Options.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tests.ServiceDefaults;

/// <summary>What a host says of its settings before it is composed by them.</summary>
public sealed class ConfigurationKeyTests
{
    [Theory]
    [InlineData("Storage:Provder", "Postgres", "did you mean Sessions:Storage:Provider?")]
    [InlineData("STORAGE:PROVIDR", "Postgres", "did you mean Sessions:STORAGE:Provider?")]
    [InlineData("Stroage:Provider", "Postgres", "Sessions:Stroage: there is no such option; did you mean Sessions:Storage?")]
    [InlineData("Storage:ConectionString", "x", "did you mean Sessions:Storage:ConnectionString?")]
    [InlineData("Tenants:demo:StreamApi:BaseURI", "https://x", "did you mean Sessions:Tenants:demo:StreamApi:BaseUrl?")]
    [InlineData("Tenants:demo:Settle", "00:00:05", "did you mean Sessions:Tenants:demo:Delivery:Settle?")]
    [InlineData("Tenants:demo:PointsOfSale:0:Nane", "x", "did you mean Sessions:Tenants:demo:PointsOfSale:0:Name?")]
    [InlineData("Ingest:Limits:UndeliveredEvent", "5", "did you mean Sessions:Ingest:Limits:UndeliveredEvents?")]
    [InlineData("Delivery:InFlight", "many", "Sessions:Delivery:InFlight: expected a whole number; got \"many\".")]
    [InlineData("Delivery:InFlight", "5000000000", "expected a whole number")]
    [InlineData("Delivery:InFlight", "", "expected a whole number")]
    [InlineData("Api:Enabled", "yes", "Sessions:Api:Enabled: expected true or false; got \"yes\".")]
    [InlineData("Cluster:Provider", "1", "Sessions:Cluster:Provider: expected Local, Postgres; got \"1\".")]
    [InlineData("Tenants:demo:Delivery:InDoubt:VIEW", "Retry", "expected Resend")]
    [InlineData("Tenants:demo:PointsOfSale", "harbourbikes/ie", "expected a list; write its items as Sessions:Tenants:demo:PointsOfSale:0")]
    [InlineData("Tenants:demo:PointsOfSale:Name", "x", "expected the number of an item, like Sessions:Tenants:demo:PointsOfSale:0:Name.")]
    [InlineData("Ingress:Origins", "https://shop.example", "expected a list")]
    [InlineData("Storage", "Postgres", "Sessions:Storage: expected a section with keys below it")]
    [InlineData("Storage:Provider:Name", "Postgres", "Sessions:Storage:Provider: expected one value")]
    public void A_key_or_value_that_is_surely_wrong_is_named_with_what_was_meant(string key, string value, string said)
    {
        var keys = Check(key, value);

        Assert.Contains(said, Assert.Single(keys.Failures), StringComparison.Ordinal);
        Assert.Empty(keys.Strangers);
    }

    [Theory]
    [InlineData("5", "would be read as 5 days; write 00:00:05 for 5 seconds")]
    [InlineData("300", "would be read as 300 days; write 00:05:00 for 5 minutes")]
    [InlineData("0:05", "would be read as 5 minutes; write 00:00:05 for 5 seconds")]
    [InlineData("5:00", "would be read as 5 hours; write 00:05:00 for 5 minutes")]
    [InlineData("24:00:00", "would be read as 24 days; write 1.00:00:00 for 1 day")]
    [InlineData("0:0:90", "is not a duration; write 00:01:30 for 1 minute, 30 seconds")]
    [InlineData("5s", "is not a duration; write 00:00:05 for 5 seconds")]
    [InlineData("500ms", "is not a duration; write 00:00:00.5000000 for 500 milliseconds")]
    [InlineData("2 min", "write 00:02:00 for 2 minutes")]
    [InlineData("1.5h", "write 01:30:00 for 1 hour, 30 minutes")]
    [InlineData("PT5S", "write 00:00:05 for 5 seconds")]
    [InlineData("30d", "write 30.00:00:00 for 30 days")]
    [InlineData("soon", "is not a duration; write it as hh:mm:ss, or d.hh:mm:ss, like 00:00:05.")]
    [InlineData("", "is not a duration")]
    public void A_duration_that_is_read_otherwise_than_it_is_meant_is_reported_with_what_was_meant(string value, string said)
    {
        string[] options =
            ["Tenants:demo:Delivery:Settle", "Storage:Retention", "Delivery:StartValidity", "Ingest:Limits:DedupAge"];
        foreach (var option in options)
            Assert.Contains(said, Assert.Single(Check(option, value).Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:Retention", "30.00:00:00")]
    [InlineData("Storage:Provider", "postgres")]
    [InlineData("Tenants:demo:Delivery:Settle", "0")]
    [InlineData("Tenants:demo:Delivery:Settle", "00:00:05.250")]
    [InlineData("Tenants:demo:Delivery:InDoubt:VIEW", "Hold")]
    [InlineData("Tenants:demo:StreamApi:SendRequestedAt", "")]
    [InlineData("Ingress:Origins:0", "*")]
    [InlineData("Api:Enabled", "False")]
    [InlineData("tenants:demo:streamapi:baseurl", "https://x")]
    public void A_key_and_value_that_can_be_used_are_not_remarked_upon(string key, string value)
    {
        var keys = Check(key, value);

        Assert.Empty(keys.Failures);
        Assert.Empty(keys.Strangers);
    }

    [Theory]
    [InlineData("Wallpaper", "Sessions:Wallpaper")]
    [InlineData("Storage:Encryption:Key:Id", "Sessions:Storage:Encryption:Key:Id")]
    [InlineData("Tenants:demo:Theme", "Sessions:Tenants:demo:Theme")]
    public void A_key_that_resembles_no_option_is_named_but_stops_nothing(string key, string named)
    {
        var keys = Check(key, "x");

        Assert.Empty(keys.Failures);
        Assert.Equal(named, Assert.Single(keys.Strangers));
    }

    [Theory]
    [InlineData("http://stream.example", "expected https; stream.example would get events in clear text")]
    [InlineData("https://user:hunter2@stream.example", "must not contain a user name or password")]
    [InlineData("https://stream.example/?key=hunter2", "expected scheme, host and path only")]
    public void An_unsafe_address_of_the_upstream_stops_the_start_in_Production_and_is_not_repeated(string url, string said)
    {
        var refused = Refused("Production", ("Tenants:demo:StreamApi:BaseUrl", url), ("Tenants:demo:StreamApi:AllowInsecure", "false"));

        Assert.Contains(said, refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_Development_the_emulator_needs_a_setting_that_names_the_danger_and_a_loopback_address()
    {
        Assert.Contains("also set Sessions:Emulator:AllowInProduction",
            Refused("Production", ("Emulator:Enabled", "true")), StringComparison.Ordinal);
        Assert.Contains("Sessions:Emulator:Url: outside Development, the emulator may listen on a loopback address only",
            Refused("Production", ("Emulator:Enabled", "true"), ("Emulator:AllowInProduction", "true"),
                ("Emulator:Url", "http://0.0.0.0:8090")), StringComparison.Ordinal);
        Read("Production", ("Emulator:Enabled", "true"), ("Emulator:AllowInProduction", "true"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "http://127.0.0.1:9")]
    [InlineData("http://*:8091", "http://localhost:8091")]
    public void A_tenant_without_an_upstream_follows_the_emulators_address(string emulator, string upstream)
    {
        var options = Read("Development", ("Emulator:Enabled", "true"), ("Emulator:Url", emulator),
            ("Tenants:demo:StreamApi:BaseUrl", ""));

        Assert.Equal(upstream, options.Tenants["demo"].StreamApi.BaseUrl);
    }

    private static ConfigurationKeys Check(string key, string value) =>
        ConfigurationKeys.Check(Of((key, value)));

    private static string Refused(string environment, params (string, string)[] settings) => string.Join('\n',
        Assert.Throws<OptionsValidationException>(() => Read(environment, settings)).Failures);

    private static ServiceOptions Read(string environment, params (string, string)[] settings) => SessionsOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(Configurations.Demo).AddInMemoryCollection(Named(settings)).Build(),
        new HostingEnvironment { EnvironmentName = environment });

    private static IConfigurationRoot Of(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(Named(settings)).Build();

    private static Dictionary<string, string?> Named((string Key, string Value)[] settings) =>
        settings.ToDictionary(static one => $"Sessions:{one.Key}", static one => (string?)one.Value);
}
