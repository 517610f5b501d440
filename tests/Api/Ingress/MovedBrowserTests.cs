using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>A browser that a backend names while its SDK sends.</summary>
public sealed class MovedBrowserTests
{
    private static readonly RecordResult Moved = new(RecordStatus.Retry, Code: BrowserEvent.Moved);

    [Fact]
    public async Task An_event_goes_to_the_guest_that_was_named_for_its_browser()
    {
        await using var api = await ApiHost.StartAsync();
        api.Owners("cust-42");

        var answer = await api.SendAsync(SdkCalls.View());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("cust-42", Assert.Single(api.Guest("cust-42").FromBrowsers).Guest);
        Assert.Empty(api.Browser().FromBrowsers);
    }

    [Fact]
    public async Task An_event_follows_its_browser_under_the_same_id()
    {
        await using var api = await ApiHost.StartAsync();
        api.Owners("browser", "cust-42");
        string? first = null;
        api.Guest("browser").BrowserEffect = request =>
        {
            first = request.Event.EventId;
            return Moved;
        };

        var answer = await api.SendAsync(SdkCalls.View());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(first, Assert.Single(api.Guest("cust-42").FromBrowsers).Event.EventId);
    }

    [Theory]
    [InlineData(BrowserEvent.Moved)]
    [InlineData("browser_busy")]
    public async Task An_event_waits_until_those_who_fight_for_its_browser_have_done(string code)
    {
        await using var api = await ApiHost.StartAsync();
        api.Owners("cust-42");
        var busy = 20;
        api.Guest("cust-42").BrowserEffect = _ => busy-- > 0
            ? new RecordResult(RecordStatus.Retry, Code: code, RetryAfter: TimeSpan.FromSeconds(1))
            : null;

        var answer = await SendAsync(api);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Null(Assert.Single(api.Guest("cust-42").FromBrowsers).Quarantine);
        Assert.Empty(api.Browser().FromBrowsers);
    }

    [Fact]
    public async Task An_event_whose_browser_never_rests_is_kept_in_the_browsers_own_line()
    {
        await using var api = await ApiHost.StartAsync();
        api.Owners("cust-42");
        api.Guest("cust-42").BrowserEffect = static _ => Moved;

        var answer = await SendAsync(api);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var kept = Assert.Single(api.Browser().FromBrowsers);
        Assert.Equal("browser_busy", kept.Quarantine);
    }

    /// <summary>Time passes while the event waits.</summary>
    private static async Task<Answer> SendAsync(ApiHost api)
    {
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        var sending = api.SendAsync(SdkCalls.View());
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await sending;
    }
}
