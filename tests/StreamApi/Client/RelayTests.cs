using System.Text;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class RelayTests
{
    [Theory]
    [InlineData(StreamApiForm.Direct, "GET /v1.2/browser/b/show.json?client_key=key-1&api_token=key-1 HTTP/1.1")]
    [InlineData(StreamApiForm.Edge, "GET /v1/events/v1.2/browser/b/show.json?sitecoreContextId=ctx-1&client_key=&api_token= HTTP/1.1")]
    public async Task A_browser_is_looked_up_in_the_tenants_form(StreamApiForm form, string line)
    {
        await using var server = new RawServer(Replies.Answer(404, """{"error_msg":"no"}"""));
        using var relay = For(server.Url, form);

        var answer = await relay.ShowBrowserAsync(Clients.Tenant, "b", CancellationToken.None);

        Assert.Equal((404, """{"error_msg":"no"}"""), (answer.Status, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.StartsWith(line, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StreamApiForm.Direct, "POST /v2/callFlows HTTP/1.1")]
    [InlineData(StreamApiForm.Edge, "POST /v1/personalize?sitecoreContextId=ctx-1&siteId=s%201 HTTP/1.1")]
    public async Task A_decision_is_asked_for_in_the_tenants_form(StreamApiForm form, string line)
    {
        await using var server = new RawServer(Replies.Answer(200, "{}"));
        using var relay = For(server.Url, form);

        var answer = await relay.PersonalizeAsync(
            Clients.Tenant, new PersonalizationCall("""{"friendlyId":"x"}"""u8.ToArray(), "s 1"), CancellationToken.None);

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith(line, request, StringComparison.Ordinal);
        Assert.EndsWith("""{"friendlyId":"x"}""", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_is_said_to_be_none()
    {
        await using var server = new RawServer(Replies.Reset);
        using var relay = For(server.Url, StreamApiForm.Direct);

        var answer = await relay.PersonalizeAsync(
            Clients.Tenant, new PersonalizationCall("{}"u8.ToArray(), null), CancellationToken.None);

        Assert.Null(answer.Status);
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to()
    {
        await using var server = new RawServer(Replies.Created);
        using var relay = For(server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), StreamApiForm.Direct,
            allowPrivate: false);

        var decision = await relay.PersonalizeAsync(
            Clients.Tenant, new PersonalizationCall("{}"u8.ToArray(), null), CancellationToken.None);
        var browser = await relay.ShowBrowserAsync(Clients.Tenant, "b", CancellationToken.None);

        Assert.Null(decision.Status);
        Assert.Null(browser.Status);
        Assert.Equal(0, server.Connections);
    }

    private static UpstreamRelay For(string url, StreamApiForm form, bool allowPrivate = true) => new(Options.Create(new SessionsOptions
    {
        Tenants =
        {
            [Clients.Tenant] = new TenantOptions
            {
                StreamApi = { BaseUrl = url, ClientKey = "key-1", ContextId = "ctx-1", Form = form, AllowPrivate = allowPrivate },
            },
        },
    }), TimeProvider.System);
}
