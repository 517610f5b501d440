using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

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
        api.Guest("browser").BrowserVerdict = request =>
        {
            first = request.Event.EventId;
            return Moved;
        };

        var answer = await api.SendAsync(SdkCalls.View());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(first, Assert.Single(api.Guest("cust-42").FromBrowsers).Event.EventId);
    }

    [Fact]
    public async Task An_event_whose_browser_never_rests_is_not_acknowledged()
    {
        await using var api = await ApiHost.StartAsync();
        api.Owners("cust-42");
        api.Guest("cust-42").BrowserVerdict = static _ => Moved;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.SendAsync(SdkCalls.View())).Status);
    }
}
