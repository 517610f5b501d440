using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Tests.Authentication;

public sealed class ApiKeyTests
{
    private static readonly Dictionary<string, string?> Shared = Configurations.Of(
        Configurations.Other,
        Configurations.Key("demo", 0, "demo-shared", "shared", "ingest", "support:read"),
        Configurations.Key("other", 0, "other-shared", "shared", "ingest"));

    [Theory]
    [InlineData("demo-ingest", HttpStatusCode.Accepted, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("demo-support", HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData("demo-admin", HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task In_Development_a_tenant_without_keys_has_demo_keys(
        string secret, HttpStatusCode ingest, HttpStatusCode read, HttpStatusCode act)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(ingest, (await api.PostAsync(Samples.Path, Samples.Envelope("a"), secret: secret)).Status);
        Assert.Equal(read, (await api.GetAsync("/v1/guests/cust-43", secret)).Status);
        Assert.Equal(act, (await api.PostAsync("/v1/guests/cust-43/flush", """{"reason":"r"}""", secret: secret)).Status);
    }

    [Fact]
    public async Task A_tenant_with_keys_has_no_demo_keys()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Key("demo", 0, "app", "mine", "ingest"));

        (await api.PostAsync(Samples.Path, Samples.Envelope("a"), secret: "demo-ingest"))
            .MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("nowhere", HttpStatusCode.BadRequest)]
    [InlineData("demo", HttpStatusCode.NotFound)]
    [InlineData("other", HttpStatusCode.Forbidden)]
    public async Task A_credential_of_several_tenants_names_one_and_has_its_scopes_there(
        string? tenant, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync(Shared);
        using var client = api.Client("shared", tenant);

        var answer = await Answer.ReadAsync(await client.GetAsync("/v1/guests/cust-42"));

        Assert.Equal(status, answer.Status);
        if (status == HttpStatusCode.BadRequest)
            answer.MustRefuse(status, "tenant_required");
    }

    [Fact]
    public async Task A_credential_of_one_tenant_may_name_that_one_only()
    {
        await using var api = await ApiHost.StartAsync(
            Configurations.Of(Shared, Configurations.Key("demo", 1, "app", "mine", "support:read")));
        using var own = api.Client("mine", "demo");
        using var foreign = api.Client("mine", "other");

        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync("/v1/guests/cust-42")).StatusCode);
        (await Answer.ReadAsync(await foreign.GetAsync("/v1/guests/cust-42")))
            .MustRefuse(HttpStatusCode.BadRequest, "tenant_required");
    }

    [Fact]
    public async Task Outside_Development_a_host_without_keys_does_not_start()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ApiHost.StartAsync(environment: "Production"));

        Assert.Contains("the API has no key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_a_host_with_a_demo_key_does_not_start()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiHost.StartAsync(
            Configurations.Of(
                Configurations.Key("demo", 0, "app", "mine", "ingest"),
                Configurations.Key("demo", 1, "mistake", "demo-admin", "admin")),
            "Production"));

        Assert.Contains(
            "Sessions:Tenants:demo:ApiKeys:1:SecretSha256: this is a demo key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_a_configured_key_works()
    {
        await using var api = await ApiHost.StartAsync(
            Configurations.Key("demo", 0, "app", "mine", "ingest"), "Production");

        Assert.Equal(
            HttpStatusCode.Accepted,
            (await api.PostAsync(Samples.Path, Samples.Envelope("a"), secret: "mine")).Status);
    }

    [Fact]
    public async Task A_bearer_value_that_only_begins_like_a_secret_opens_nothing()
    {
        var secret = new string('s', 512);
        await using var api = await ApiHost.StartAsync(Configurations.Key("demo", 0, "app", secret, "support:read"));

        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/v1/guests/cust-42", secret)).Status);
        (await api.GetAsync("/v1/guests/cust-42", secret + "s"))
            .MustRefuse(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
