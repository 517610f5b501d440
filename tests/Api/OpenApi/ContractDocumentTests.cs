using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Tests.OpenApi;

public sealed class ContractDocumentTests
{
    [Fact]
    public async Task Every_endpoint_has_an_operation_with_its_scope()
    {
        await using var api = await ApiHost.StartAsync();
        var document = await ContractWatch.DocumentAsync;

        foreach (var endpoint in api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/openapi", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null // HEAD, which is as GET
                && endpoint.Metadata.GetMetadata<IngressMark>() is null)) // the vendor's API, in the vendor's documents
        {
            var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();
            var operation = document.GetProperty("paths").GetProperty(endpoint.RoutePattern.RawText!)
                .GetProperty(method.ToLowerInvariant());
            var scope = endpoint.Metadata.GetMetadata<RequiredScope>()?.Name;

            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            Assert.Equal(scope, operation.GetProperty("security") is { } security && security.GetArrayLength() > 0
                ? security[0].GetProperty("bearer")[0].GetString()
                : null);
        }
    }

    [Theory]
    [InlineData("/v1/guests/{guest}/events", "post", "202 400 401 403 408 409 410 413 415 422 429 500 503")]
    [InlineData("/v1/guests/{guest}/identifiers", "post", "202 400 401 403 408 410 413 415 422 429 500 503")]
    [InlineData("/v1/events", "post", "200 202 400 401 403 408 413 415 422 429 500 503")]
    [InlineData("/v1/guests/{guest}/sessions/close", "post", "200 400 401 403 404 410 500 503")]
    [InlineData("/v1/validate", "post", "200 400 401 403 408 413 415 422 500 503")]
    [InlineData("/v1/rejections", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/guests/{guest}", "get", "200 400 401 403 404 410 500 503")]
    [InlineData("/v1/guests/{guest}/events", "get", "200 400 401 403 404 410 500 503")]
    [InlineData("/v1/guests/{guest}/events/{event_id}", "get", "200 400 401 403 404 410 500 503")]
    [InlineData("/v1/guests/search", "post", "200 400 401 403 408 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/flush", "post", "200 400 401 403 404 408 410 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/events/{event_id}/redrive", "post",
        "200 400 401 403 404 408 409 410 413 415 422 429 500 503")]
    [InlineData("/v1/guests/{guest}/events/{event_id}/discard", "post", "200 400 401 403 404 408 409 410 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/events/{event_id}/resolve", "post", "200 400 401 403 404 408 409 410 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/replay", "post", "200 202 400 401 403 404 408 409 410 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/live", "get", "200 400 401 403 404 410 500 503")]
    [InlineData("/v1/quarantine/redrive", "post", "200 202 400 401 403 408 409 413 415 422 500 503")]
    [InlineData("/v1/in-doubt/resolve", "post", "200 202 400 401 403 408 409 413 415 422 500 503")]
    [InlineData("/v1/operations/{id}", "get", "200 400 401 403 404 500 503")]
    [InlineData("/v1/quarantine", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/in-doubt", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/backlog", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/delivery-health", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/delivery-health/history", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/guests/{guest}/reveal", "post", "200 400 401 403 404 408 409 410 413 415 422 429 500 503")]
    [InlineData("/v1/audit", "get", "200 400 401 403 500 503")]
    [InlineData("/v1/guests/{guest}/pause", "post", "200 400 401 403 404 408 410 413 415 422 500 503")]
    [InlineData("/v1/guests/{guest}/resume", "post", "200 400 401 403 404 408 410 413 415 422 500 503")]
    public async Task An_operation_names_every_status_it_answers_with(string path, string method, string statuses)
    {
        var operation = (await ContractWatch.DocumentAsync).GetProperty("paths").GetProperty(path).GetProperty(method);

        Assert.Equal(
            statuses.Split(' '),
            operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
        foreach (var response in operation.GetProperty("responses").EnumerateObject()
            .Where(response => response.Name[0] is '4' or '5'))
            Assert.Equal("#/components/schemas/Problem", response.Value.GetProperty("content")
                .GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere()
    {
        var document = await ContractWatch.DocumentAsync;
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Select(schema => $"#/components/schemas/{schema.Name}").ToHashSet();

        Assert.NotEmpty(References(document));
        Assert.All(References(document), reference => Assert.Contains(reference, schemas));
        Assert.Equal(
            "http",
            document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer")
                .GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("EventResult", "retry_after")]
    [InlineData("Problem", "event_id")]
    [InlineData("EnvelopeBody", "occurred_at")]
    [InlineData("GuestBody", "browser_ids")]
    [InlineData("EventBody", "possibly_duplicate")]
    public async Task Members_have_the_names_that_travel(string schema, string member)
        => Assert.True((await ContractWatch.DocumentAsync).GetProperty("components").GetProperty("schemas")
            .GetProperty(schema).GetProperty("properties").TryGetProperty(member, out _));

    [Fact]
    public async Task The_examples_of_ingest_are_accepted()
    {
        await using var api = await ApiHost.StartAsync();
        var document = await ContractWatch.DocumentAsync;

        foreach (var path in (string[])
            ["/v1/guests/{guest}/events", "/v1/guests/{guest}/identifiers", "/v1/events", "/v1/validate", "/v1/guests/search"])
        {
            var content = document.GetProperty("paths").GetProperty(path).GetProperty("post")
                .GetProperty("requestBody").GetProperty("content");
            foreach (var type in content.EnumerateObject())
            {
                var example = type.Value.GetProperty("example");
                var body = JsonSerializer.Serialize(example);
                var answer = await api.PostAsync(path.Replace("{guest}", "cust-42"), body, type.Name);
                Assert.True(answer.Message.IsSuccessStatusCode, answer.Text);
            }
        }
    }

    [Fact]
    public async Task Answers_are_null_only_where_the_document_says_so()
    {
        await using var api = await ApiHost.StartAsync();
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest() with { OldestPendingAt = null, NextAttemptAt = null };
        guest.Timeline = new TimelinePage([Views.Summary() with { State = "pending", SentAt = null, Code = null }], null);
        guest.Event = Views.Detail();
        guest.Flush = new FlushAnswer(3);

        await api.PostAsync("/v1/guests/cust-42/events", "{}");

        await MustFitAsync(api, "/v1/rejections", "/v1/rejections");
        await MustFitAsync(api, "/v1/guests/{guest}", "/v1/guests/cust-42");
        await MustFitAsync(api, "/v1/guests/{guest}/events", "/v1/guests/cust-42/events");
        await MustFitAsync(api, "/v1/guests/{guest}/events/{event_id}", "/v1/guests/cust-42/events/b3f3");
    }

    [Theory]
    [InlineData("Problem", "code")]
    [InlineData("EventResult", "retry_after")]
    [InlineData("EnvelopeBody", "occurred_at")]
    public async Task A_member_that_is_left_out_is_never_null(string schema, string member)
        => Assert.DoesNotContain("null", (await ContractWatch.DocumentAsync).GetProperty("components")
            .GetProperty("schemas").GetProperty(schema).GetProperty("properties").GetProperty(member).GetRawText(),
            StringComparison.Ordinal);

    private static async Task MustFitAsync(ApiHost api, string template, string path)
    {
        var document = await ContractWatch.DocumentAsync;
        var schema = document.GetProperty("paths").GetProperty(template).GetProperty("get").GetProperty("responses")
            .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        MustFit(document, schema, (await api.GetAsync(path)).Json, path);
    }

    /// <summary>Every null is allowed, and every member that is required is there.</summary>
    private static void MustFit(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas")
                .GetProperty(reference.GetString()!.Split('/')[^1]);
        if (value.ValueKind == JsonValueKind.Null)
            Assert.True(schema.GetRawText().Contains("\"null\"", StringComparison.Ordinal), $"{at} must not be null");
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            Assert.All(value.EnumerateArray(), item => MustFit(document, items, item, $"{at}/-"));
        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var members))
            return;

        if (schema.TryGetProperty("required", out var required))
            Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _)));
        foreach (var member in value.EnumerateObject())
            MustFit(document, members.GetProperty(member.Name), member.Value, $"{at}/{member.Name}");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String }
                ? [member.Value.GetString()!]
                : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
