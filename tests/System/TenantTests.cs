using System.Security.Cryptography;
using System.Text;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

public sealed class TenantTests
{
    private const string OtherSecret = "secret-of-the-other-tenant";

    [Fact]
    public async Task A_tenant_does_not_see_another_tenants_guest_and_may_have_one_of_the_same_name()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, OtherTenant(upstream));
        await silo.StartAsync();
        using var demo = new SessionsClient(silo.Address);
        using var other = new SessionsClient(silo.Address, OtherSecret);
        var @event = new SentEvent("g", "e1");
        await demo.RecordAsync(@event);

        Assert.NotNull(await demo.ReadGuestAsync("g"));
        Assert.Null(await other.ReadGuestAsync("g"));
        Assert.Null(await other.ReadEventAsync("g", "e1"));
        Assert.Empty(await other.ReadTimelineAsync("g"));

        var own = await other.RecordAsync(@event with { Variant = "/own" });

        Assert.Equal((EventStatus.Accepted, 1L), (own[0].EventStatus, own[0].Sequence));
        Assert.Single(await demo.ReadTimelineAsync("g"));
        Assert.Single(await other.ReadTimelineAsync("g"));
    }

    private static (string, string)[] OtherTenant(Upstream upstream) =>
    [
        ("Tenants:other:StreamApi:BaseUrl", upstream.Address.ToString()),
        ("Tenants:other:StreamApi:ClientKey", Upstream.OtherClientKey),
        ("Tenants:other:Defaults:Channel", "WEB"),
        ("Tenants:other:Defaults:Language", "EN"),
        ("Tenants:other:Defaults:Currency", "EUR"),
        ("Tenants:other:PointsOfSale:0:Name", SentEvent.PointOfSale),
        ("Tenants:other:ApiKeys:0:Id", "other-key"),
        ("Tenants:other:ApiKeys:0:SecretSha256",
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(OtherSecret)))),
        ("Tenants:other:ApiKeys:0:Scopes:0", "ingest"),
        ("Tenants:other:ApiKeys:0:Scopes:1", "support:read"),
    ];
}
