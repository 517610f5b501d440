using System.Net;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Errors;

/// <summary>What no endpoint of ours answers has problem details too.</summary>
public sealed class BareAnswerTests
{
    [Theory]
    [InlineData("GET", "/v1/guests/%")]
    [InlineData("GET", "/v1/guests/%zz")]
    [InlineData("GET", "/v1/guests/%zz/events")]
    [InlineData("POST", "/v1/guests/%E0%A4%A/events")]
    [InlineData("POST", "/v1/guests/%FF/events")]
    [InlineData("GET", "/v1/guests/%20")]
    [InlineData("GET", "/v1/guests/%20%09/events")]
    [InlineData("POST", "/v1/guests/%20%20/events")]
    [InlineData("POST", "/v1/guests/%20/identifiers")]
    [InlineData("POST", "/v1/guests/%C2%A0/pause")]
    [InlineData("GET", "/v1/guests//events")]
    [InlineData("GET", "/v1/guests/a/events/%20")]
    [InlineData("POST", "/v1/guests/a/events/%20/redrive")]
    [InlineData("DELETE", "/v1/guests/a")]
    [InlineData("PUT", "/v1.2/events")]
    [InlineData("OPTIONS", "/v1/events")]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/v1/operations/%20")]
    [InlineData("GET", "/v1/quarantine?limit=%zz")]
    [InlineData("GET", "/v1/quarantine?after=%FF")]
    public async Task It_has_problem_details(string method, string path)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await CallAsync(api, $"{method} {path} HTTP/1.1", "{}");

        Assert.InRange(answer.Status, 400, 499);
        Assert.Contains("application/problem+json", answer.Text, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(answer.Text[answer.Text.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        Assert.Equal(answer.Status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("code").GetString()!);
    }

    [Fact]
    public async Task A_status_without_a_body_of_its_own_names_itself()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.GetAsync("/nothing")).MustRefuse(HttpStatusCode.NotFound, "not_found");
        (await api.PostAsync("/health/live", "{}")).MustRefuse(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    private static async Task<(int Status, string Text)> CallAsync(ApiHost api, string line, string body)
    {
        await using var call = await RawCall.OpenAsync(api.Address);
        await call.SendAsync($"{line}\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer demo-admin\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return (await call.StatusAsync(), await call.RestAsync());
    }
}
