using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Console;

/// <summary>The last hours of a tenant, in the API and as pictures.</summary>
public sealed class ConsoleHistoryTests
{
    [Fact]
    public async Task The_API_says_every_five_minutes_what_happened_the_oldest_first()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.History.Slices.Add(Busy(ApiHost.Now.AddMinutes(-15)));
        api.Cluster.History.Slices.Add(new HistoryView { From = ApiHost.Now.AddMinutes(-10) });

        var answer = await api.GetAsync("/v1/delivery-health/history");

        Assert.Equal(
            """
            {"items":[{"from":"2026-11-23T10:00:30.000Z","accepted":1200,"delivered":1100,"quarantined":3,"in_doubt":2,"rejected":40,"undelivered":55,"oldest_pending_age":90,"delay_p50":0.025,"delay_p99":2.5},{"from":"2026-11-23T10:05:30.000Z","accepted":0,"delivered":0,"quarantined":0,"in_doubt":0,"rejected":0,"undelivered":0,"oldest_pending_age":0,"delay_p50":null,"delay_p99":null}],"next":null}
            """,
            answer.Text);
    }

    [Fact]
    public async Task The_page_draws_it_and_says_the_same_in_a_table()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.History.Slices.Add(Busy(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)));
        api.Cluster.History.Slices.Add(new HistoryView { From = new DateTimeOffset(2026, 11, 23, 9, 5, 0, TimeSpan.Zero), Accepted = 600 });
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = (await agent.GetAsync("/console/health")).Text;

        // 22 of 24 hours, and two slices that touch each other: one at the top, one at half of the height.
        Assert.Contains("""<path class="line first" d="M528 96V1H530V48.5H532V96">""", page.Replace("></path>", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("accepted at most 1,200", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Delivered\" class=\"number\">1,100</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"99 of 100\" class=\"number\">2.5 s</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_figure_the_page_says_when_the_first_come()
    {
        await using var api = await ApiHost.StartAsync();
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        Assert.Contains("Nothing is known of the last 24 hours yet", (await agent.GetAsync("/console/health")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_history_cannot_be_read_the_page_shows_what_is_true_now()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.History.Fault = new SessionUnavailableException("The tenant's history cannot be read now.");
        using var agent = await ConsoleClient.SignInAsync(api, "agent");

        var page = (await agent.GetAsync("/console/health")).Text;

        Assert.Contains("The history cannot be read now", page, StringComparison.Ordinal);
        Assert.Contains("Guests waiting", page, StringComparison.Ordinal);
    }

    private static HistoryView Busy(DateTimeOffset from) => new()
    {
        From = from,
        Accepted = 1200,
        Delivered = 1100,
        Quarantined = 3,
        InDoubt = 2,
        Rejected = 40,
        Waiting = 55,
        OldestAge = TimeSpan.FromSeconds(90),
        MedianDelay = TimeSpan.FromMilliseconds(25),
        SlowestDelay = TimeSpan.FromSeconds(2.5),
    };
}
