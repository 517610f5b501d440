using System.Net;
using GuestSessions.SystemTests.Cluster;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>Revealing masked values, through the real process.</summary>
public sealed class RevealTests
{
    private const int Quota = 3;

    [Fact]
    public async Task The_quota_of_a_person_holds_over_a_kill_and_its_audit_has_names_and_no_values()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Privacy:RevealsPerHour", $"{Quota}"));
        await silo.StartAsync();
        using var guest = new CanaryGuest(silo.Address);
        await guest.PostAsync($"/v1/guests/{guest.Id}/identifiers", $$"""{"identifiers":[{"provider":"CRM_ID","id":"{{guest.Secret}}"}]}""");
        await guest.RecordAsync("a", $$"""{"type":"VIEW","page":"/a","pos":"harbourbikes/ie","ext":{"phone":"{{guest.Secret}}"} }""");

        var all = await Task.WhenAll(Enumerable.Range(0, Quota + 3).Select(number => number % 2 == 0
            ? guest.PostAsync($"/v1/guests/{guest.Id}/reveal", """{"field":"/identifiers/0/id","reason":"ticket 7"}""")
            : guest.PostAsync(
                $"/v1/guests/{guest.Id}/reveal", """{"event_id":"a","field":"/received/ext/phone","reason":"ticket 8"}""")));
        var audit = (await guest.GetAsync("/v1/audit")).Body;
        await silo.KillAsync();
        await silo.StartAsync();
        var later = await guest.PostAsync($"/v1/guests/{guest.Id}/reveal", """{"field":"/identifiers/0/id","reason":"ticket 9"}""");
        var other = await guest.PostAsync(
            $"/v1/guests/{guest.Id}/reveal", """{"field":"/identifiers/0/provider","reason":"ticket 9"}""");

        Assert.Equal(Quota, all.Count(static one => one.Status == HttpStatusCode.OK));
        Assert.All(
            all.Where(static one => one.Status == HttpStatusCode.OK),
            one => Assert.Contains($"\"value\":\"{guest.Secret}\"", one.Body, StringComparison.Ordinal));
        Assert.All(
            all.Where(static one => one.Status != HttpStatusCode.OK),
            one => Assert.Equal((HttpStatusCode.TooManyRequests, false), (one.Status, one.Body.Contains(guest.Secret, StringComparison.Ordinal))));
        Assert.Equal(Quota, audit.Split("\"act\":\"value_revealed\"").Length - 1);
        // Which of the calls came first is chance; the audit has the field of each that was answered.
        foreach (var (field, kind) in ((string, int)[])[("/identifiers/0/id", 0), ("/received/ext/phone", 1)])
            Assert.Equal(
                all.Where((one, number) => number % 2 == kind && one.Status == HttpStatusCode.OK).Count(),
                audit.Split($"\"field\":\"{field}\"").Length - 1);
        Assert.DoesNotContain(guest.Secret, audit, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, later.Status);
        Assert.Contains("reveal_quota", later.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.DoesNotContain(silo.Output, line => line.Contains(guest.Secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_quota_of_a_person_holds_over_all_hosts()
    {
        await using var cluster = await Topology.StartAsync(
            silos: 2, apis: 2, settings: [("Privacy:RevealsPerHour", $"{Quota}")]);
        using var guest = new CanaryGuest(cluster.Addresses[0]);
        using var there = guest.At(cluster.Addresses[1]);
        await guest.PostAsync($"/v1/guests/{guest.Id}/identifiers", $$"""{"identifiers":[{"provider":"CRM_ID","id":"{{guest.Secret}}"}]}""");

        var all = await Task.WhenAll(Enumerable.Range(0, Quota + 3).Select(number => (number % 2 == 0 ? guest : there)
            .PostAsync($"/v1/guests/{guest.Id}/reveal", """{"field":"/identifiers/0/id","reason":"ticket 7"}""")));

        Assert.Equal(Quota, all.Count(static one => one.Status == HttpStatusCode.OK));
        Assert.Equal(3, all.Count(static one => one.Status == HttpStatusCode.TooManyRequests));
        Assert.All(
            cluster.Silos.Concat(cluster.Apis),
            host => Assert.DoesNotContain(host.Output, line => line.Contains(guest.Secret, StringComparison.OrdinalIgnoreCase)));
    }
}
