using System.Text.Json.Nodes;

namespace GuestSessions.SdkTests;

/// <summary>The console behind a load balancer without stickiness, in Chromium. One of its two hosts is killed in the middle.</summary>
public sealed class ConsoleHostsTests
{
    [Fact]
    public async Task With_a_host_killed_in_the_middle_an_order_is_resolved_and_a_guest_erased_and_its_late_event_is_gone()
    {
        await using var hosts = await TwoHosts.OpenAsync();
        using var people = await SdkClient.StartAsync("hosts.mjs", hosts.Settings());

        await people.UntilPauseAsync();
        var before = hosts.Balancer.Served;
        await hosts.Apis[0].KillAsync();
        await people.FinishAsync();

        Assert.All(before, static served => Assert.True(served > 5, $"{served} requests are too few."));
        Assert.True(hosts.Balancer.Served[1] > before[1] + 5);
        Assert.Empty(people.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
        Assert.Equal("delivered", people.Told("resolved").GetValue<string>());
        Assert.Equal("niamh.walsh@harbourbikes.example", people.Told("revealed").GetValue<string>(), ignoreCase: true);
        Assert.Equal("300; url=/console/guests/cust-42", people.Told("refresh").GetValue<string>());
        Assert.Equal("1", people.Told("certified").GetValue<string>());
        Assert.Equal("410 guest_erased", people.Told("late").GetValue<string>());
        Assert.Equal("410", people.Told("gone").GetValue<string>());
    }
}
