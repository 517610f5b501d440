using System.Net;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests;

/// <summary>A filter that is misspelt must not be ignored: the list would answer another question.</summary>
public sealed class UnknownParameterTests
{
    [Theory]
    [InlineData("/v1/guests/cust-42?reveal=true", "no query parameters")]
    [InlineData("/v1/guests/cust-42/events?status=delivered", "state, type, warning, not_state, not_type, received_from, received_to, order, after, limit")]
    [InlineData("/v1/guests/cust-42/events?State=delivered", "state, type")]
    [InlineData("/v1/quarantine?typ=VIEW", "type, code, warning, before, after, limit")]
    [InlineData("/v1/in-doubt?offset=3", "type, code")]
    [InlineData("/v1/backlog?block=paused", "hot, after, limit")]
    [InlineData("/v1/delivery-health?x", "no query parameters")]
    [InlineData("/v1/audit?act=redriven", "by, guest, after, limit")]
    [InlineData("/v1/rejections?order=HB-1", "guest, order_reference, code, after, limit")]
    [InlineData("/v1/operations/op1?wait=1", "no query parameters")]
    public async Task An_unknown_query_parameter_is_rejected_with_the_right_ones(string path, string known)
    {
        await using var api = await StartAsync();

        var answer = await api.GetAsync(path);

        answer.MustRefuse(HttpStatusCode.BadRequest, "unknown_parameter");
        Assert.Contains(known, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_is_rejected()
    {
        await using var api = await StartAsync();

        (await api.GetAsync("/v1/guests/cust-42/events?type=VIEW&type=ADD")).MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task Calls_that_take_a_body_take_no_parameters_either()
    {
        await using var api = await StartAsync();

        (await api.PostAsync("/v1/guests/cust-42/flush?reason=r", """{"reason":"r"}"""))
            .MustRefuse(HttpStatusCode.BadRequest, "unknown_parameter");
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();
        return api;
    }
}
