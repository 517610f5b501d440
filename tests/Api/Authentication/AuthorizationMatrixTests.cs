using System.Net;
using System.Net.Http.Headers;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Console;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Api.Tests.SignIn;
using GuestSessions.Grains.Contracts;
using GuestSessions.ProviderKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GuestSessions.Api.Tests.Authentication;

/// <summary>
/// Every endpoint of the host × no, unknown, wrong and right credentials × a foreign tenant. An endpoint that
/// is mapped and not listed here fails.
/// </summary>
public sealed class AuthorizationMatrixTests(SharedProvider shared) : IClassFixture<SharedProvider>
{
    private static readonly string Envelope = Samples.Envelope("b3f1");

    private readonly TestProvider _provider = shared.Provider;

    /// <summary>The scope each endpoint asks for (null: open to all), and a body that it takes.</summary>
    private static readonly Dictionary<string, (string? Scope, string? Body)> Expected = new()
    {
        ["POST /v1/guests/{guest}/events"] = (Scopes.Ingest, Envelope),
        ["POST /v1/guests/{guest}/identifiers"] =
            (Scopes.Ingest, """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}]}"""),
        ["POST /v1/events"] = (Scopes.Ingest, Samples.Array(Samples.For("cust-42", "b3f1"))),
        ["POST /v1/guests/{guest}/sessions/close"] = (Scopes.Ingest, null),
        ["POST /v1/validate"] = (Scopes.Ingest, Envelope),
        ["GET /v1/rejections"] = (Scopes.SupportRead, null),
        ["GET /v1/guests/{guest}"] = (Scopes.SupportRead, null),
        ["GET /v1/guests/{guest}/browsers"] = (Scopes.SupportRead, null),
        ["GET /v1/guests/{guest}/events"] = (Scopes.SupportRead, null),
        ["GET /v1/guests/{guest}/events/{event_id}"] = (Scopes.SupportRead, null),
        ["POST /v1/guests/search"] = (Scopes.SupportRead, """{"order_reference":"o"}"""),
        ["POST /v1/guests/{guest}/flush"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/delivery/pause"] = (Scopes.Admin, """{"reason":"maintenance"}"""),
        ["POST /v1/delivery/resume"] = (Scopes.Admin, """{"reason":"done"}"""),
        ["POST /v1/guests/{guest}/events/{event_id}/redrive"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/guests/{guest}/events/{event_id}/discard"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/guests/{guest}/events/{event_id}/resolve"] =
            (Scopes.SupportAct, """{"outcome":"delivered","reason":"r"}"""),
        ["POST /v1/guests/{guest}/pause"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/guests/{guest}/resume"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/guests/{guest}/reveal"] = (Scopes.SupportReveal, """{"field":"/identifiers/0/id","reason":"r"}"""),
        ["POST /v1/guests/{guest}/replay"] = (Scopes.SupportAct, """{"dry_run":true}"""),
        ["GET /v1/guests/{guest}/live"] = (Scopes.SupportRead, null),
        ["POST /v1/quarantine/redrive"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/quarantine/discard"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/in-doubt/redrive"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["POST /v1/in-doubt/resolve"] = (Scopes.SupportAct, """{"reason":"r","outcome":"delivered"}"""),
        ["GET /v1/operations/{id}"] = (Scopes.SupportRead, null),
        ["GET /v1/operations"] = (Scopes.SupportRead, null),
        ["GET /v1/operations/{id}/items"] = (Scopes.SupportRead, null),
        ["POST /v1/operations/{id}/cancel"] = (Scopes.SupportAct, """{"reason":"r"}"""),
        ["DELETE /v1/guests/{guest}"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["POST /v1/erasures"] = (Scopes.Admin, """{"reason":"r","guests":["cust-42"]}"""),
        ["POST /v1/guests/{guest}/erasure/lift"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["POST /v1/guests/{guest}/events/{event_id}/blank"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["PUT /v1/guests/{guest}/consent"] = (Scopes.Ingest, """{"consent":"denied"}"""),
        ["POST /v1/guests/{guest}/export"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["POST /v1/operations/{id}/file"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["POST /v1/operations/{id}/done-upstream"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["GET /v1/quarantine/groups"] = (Scopes.SupportRead, null),
        ["GET /v1/in-doubt/groups"] = (Scopes.SupportRead, null),
        ["GET /v1/quarantine"] = (Scopes.SupportRead, null),
        ["GET /v1/in-doubt"] = (Scopes.SupportRead, null),
        ["GET /v1/backlog"] = (Scopes.SupportRead, null),
        ["GET /v1/delivery-health"] = (Scopes.SupportRead, null),
        ["GET /v1/delivery-health/history"] = (Scopes.SupportRead, null),
        ["GET /v1/audit"] = (Scopes.Admin, null),
        ["GET /v1/ext-types"] = (Scopes.Admin, null),
        ["POST /v1/ext-types/reset"] = (Scopes.Admin, """{"reason":"r"}"""),
        ["GET /openapi/v1.json"] = (null, null),
        ["GET /docs/{documentName?}"] = (null, null),
        ["GET /docs/scalar.js"] = (null, null),
        ["GET /docs/scalar.aspnetcore.js"] = (null, null),
        ["GET /docs/favicon.svg"] = (null, null),
        ["GET /health/live"] = (null, null),
        ["GET /health/ready"] = (null, null),
        ["GET /health/startup"] = (null, null),
        ["HEAD /health/startup"] = (null, null),
        ["HEAD /health/live"] = (null, null),
        ["HEAD /health/ready"] = (null, null),
        ["GET /metrics"] = (null, null), // in Development; its own tests try the others
    };

    public static TheoryData<string> Endpoints => [.. Expected.Keys];

    public static TheoryData<string> Guarded
        => [.. Expected.Where(endpoint => endpoint.Value.Scope is not null).Select(endpoint => endpoint.Key)];

    [Fact]
    public async Task Every_endpoint_is_in_the_matrix()
    {
        await using var api = await StartAsync();

        // The ingress is open to all who know a public key; its own tests try it with a wrong one. So do those of the console.
        var mapped = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IngressMark>() is null
                && endpoint.Metadata.GetMetadata<ConsoleAccess>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(Expected.Keys.Order(), mapped.Order());
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Nobody_comes_in_without_a_known_credential(string endpoint)
    {
        await using var api = await StartAsync();

        foreach (var credential in (AuthenticationHeaderValue?[])
            [null, new("Bearer", "unknown"), new("Bearer"), new("Basic", "demo-admin"), new("Bearer", new string('x', 5000))])
        {
            var answer = await CallAsync(api, endpoint, credential);

            answer.MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
            Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.ToString());
        }

        Assert.Empty(api.Cluster.Recorded);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task One_scope_opens_an_endpoint_and_no_other_does(string endpoint)
    {
        await using var api = await StartAsync();

        foreach (var scope in Scopes.All)
        {
            var answer = await CallAsync(api, endpoint, new AuthenticationHeaderValue("Bearer", $"demo {scope}"));

            if (scope == Expected[endpoint].Scope)
                Assert.True(answer.Message.IsSuccessStatusCode, answer.Text);
            else
                answer.MustRefuse(HttpStatusCode.Forbidden, "missing_scope");
        }
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_persons_token_opens_what_the_scope_of_its_role_opens_and_no_other_does(string endpoint)
    {
        await using var api = await StartAsync();

        foreach (var scope in Scopes.All)
        {
            var answer = await CallAsync(api, endpoint, new AuthenticationHeaderValue("Bearer", _provider.Token(
                ApiHost.Now, new Dictionary<string, object> { ["roles"] = $"may-{scope.Replace(':', '-')}" })));

            if (scope == Expected[endpoint].Scope)
                Assert.True(answer.Message.IsSuccessStatusCode, answer.Text);
            else
                answer.MustRefuse(HttpStatusCode.Forbidden, "missing_scope");
        }

        var expired = await CallAsync(api, endpoint, new AuthenticationHeaderValue(
            "Bearer", _provider.Token(ApiHost.Now, lifetime: TimeSpan.FromMinutes(-5))));
        expired.MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer error=\"invalid_token\"", expired.Message.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_foreign_guest_is_a_missing_one(string endpoint)
    {
        await using var api = await StartAsync();
        var (scope, body) = Expected[endpoint];
        var foreigner = new AuthenticationHeaderValue("Bearer", $"other {scope}");

        var foreign = await CallAsync(api, endpoint, foreigner);
        var missing = await CallAsync(api, endpoint, foreigner, "never-seen", "never-seen");

        // A new operation has an id of its own.
        if (endpoint is not ("POST /v1/quarantine/redrive" or "POST /v1/quarantine/discard" or "POST /v1/in-doubt/redrive"
            or "POST /v1/in-doubt/resolve" or "POST /v1/erasures"))
            Assert.Equal((missing.Status, missing.Text.Replace("never-seen", "cust-42")), (foreign.Status, foreign.Text));
        if (endpoint.Contains("{guest}", StringComparison.Ordinal) && scope != Scopes.Ingest)
            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Only_what_is_open_to_all_is_open_to_all(string endpoint)
    {
        await using var api = await StartAsync();

        var answer = await CallAsync(api, endpoint, null);

        Assert.Equal(Expected[endpoint].Scope is null, answer.Message.IsSuccessStatusCode);
    }

    private async Task<ApiHost> StartAsync()
    {
        var keys = Scopes.All.SelectMany((scope, at) => (Dictionary<string, string?>[])
        [
            Configurations.Key("demo", at, $"demo-{at}", $"demo {scope}", scope),
            Configurations.Key("other", at, $"other-{at}", $"other {scope}", scope),
        ]);
        var roles = Scopes.All.SelectMany(static (scope, at) => (Dictionary<string, string?>[])
        [
            new()
            {
                [$"Sessions:SignIn:Roles:{at}:Name"] = $"may-{scope.Replace(':', '-')}",
                [$"Sessions:SignIn:Roles:{at}:Tenants:demo:0"] = scope,
            },
        ]);
        var api = await ApiHost.StartAsync(Configurations.Of([Configurations.Other, .. keys, .. roles, new()
        {
            ["Sessions:SignIn:Authority"] = _provider.Issuer.TrimEnd('/'),
            ["Sessions:SignIn:Audiences:0"] = TestProvider.Audience,
        }]));
        // The host's clock stands still, so it would not read the document again after a failure.
        var document = new OpenIdConnectConfiguration { Issuer = _provider.Issuer };
        document.SigningKeys.Add(_provider.Key.Key);
        api.App.Services.GetRequiredService<ProviderDocument>().Use(document);
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest();
        guest.Timeline = new TimelinePage([Views.Summary()], null);
        guest.Event = Views.Detail();
        guest.Flush = new FlushAnswer(0);
        var operation = api.Cluster.Operation("demo/op1");
        operation.View = await operation.ActAsync(new BulkRequest("bulk_redrive", false, null, null), new ActMessage("kim", "r"), null) with { EndedAt = ApiHost.Now };
        operation.File = [1];
        guest.Erasure = new ErasureView("op1", ApiHost.Now);
        guest.LiveNow = new LivePage(1, []);
        guest.LiveAlways = static after => new LivePage(after, []) { IsFull = true };
        guest.Preview = new ReplayPreview([], null);
        guest.Answer = new ActAnswer(ActStatus.Done, Views.Detail());
        guest.Closed = new CloseAnswer(0, []);
        return api;
    }

    private static async Task<Answer> CallAsync(
        ApiHost api, string endpoint, AuthenticationHeaderValue? credential,
        string guest = "cust-42", string eventId = "b3f3")
    {
        var (method, path) = endpoint.Split(' ') is [var verb, var template] ? (verb, template) : default;
        path = path!.Replace("{guest}", guest).Replace("{event_id}", eventId).Replace("{id}", "op1");
        using var client = api.Client(secret: null);
        using var request = new HttpRequestMessage(new HttpMethod(method!), path);
        request.Headers.Authorization = credential;
        if (Expected[endpoint].Body is { } body)
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
