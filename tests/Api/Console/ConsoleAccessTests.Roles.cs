using System.Net;
using GuestSessions.Api.Console;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.SignIn;
using GuestSessions.ProviderKit;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Tests.Console;

public sealed partial class ConsoleAccessTests
{
    [Fact]
    public async Task Each_role_of_a_provider_sees_and_does_what_its_scopes_allow_and_nothing_else()
    {
        await using var provider = await TestProvider.StartAsync();
        var roles = Personas.All.SelectMany(static (persona, at) => persona.Scopes.Select((scope, n) => KeyValuePair.Create(
                $"Sessions:SignIn:Roles:{at}:Tenants:{ApiHost.Tenant}:{n}", (string?)scope))
            .Append(new($"Sessions:SignIn:Roles:{at}:Name", $"team-{persona.Id}"))).ToDictionary();
        await using var api = await StartAsync(
            Configurations.Of(roles, new()
            {
                ["Sessions:SignIn:Authority"] = provider.Issuer.TrimEnd('/'),
                ["Sessions:SignIn:ClientId"] = TestProvider.ClientId,
                ["Sessions:SignIn:ClientSecret"] = TestProvider.ClientSecret,
            }),
            static builder => builder.Services.AddSingleton(TimeProvider.System));

        await SignInHost.KnowsProviderAsync(api);
        foreach (var persona in Everybody)
        {
            api.Cluster.Operation("demo/op2").File = [1]; // It can be taken once.
            provider.Person["roles"] = new[] { $"team-{persona}" };
            using var browser = new Browser();
            await browser.SignInAsync(api.Address);
            foreach (var (page, allowed) in Expected)
            {
                using var client = await ConsoleClient.WithAsync(api.Address, browser.Cookies);
                MustBe(allowed, persona, page, await CallAsync(client, page));
            }
        }
    }

    private static void MustBe(string[]? allowed, string persona, string page, ConsoleClient.Page answer)
    {
        // What the provider's answer opens, and an address that there is not, are tried in tests of their own.
        if (page.Contains("{**rest}", StringComparison.Ordinal) || page.Contains("provider", StringComparison.Ordinal)
            || page.Contains("callback", StringComparison.Ordinal) || page.Contains("signed-out", StringComparison.Ordinal))
            return;
        if (allowed is null || allowed.Contains(persona))
            Assert.True((int)answer.Status < 400, $"{persona} {page}: {answer.Status} {answer.Text}");
        else
            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{persona} {page}: {answer.Status}");
    }
}
