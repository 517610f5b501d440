using GuestSessions.ProviderKit;

namespace GuestSessions.SdkTests;

/// <summary>A person signs in to the console of the real service in Chromium, at a real provider.</summary>
public sealed class SignInJourneyTests
{
    [Fact]
    public async Task In_a_browser_a_person_signs_in_at_the_provider_and_out_loses_a_role_and_cancels()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Person["roles"] = new[] { "agents" };
        await using var shop = await Shop.OpenAsync("Direct", new()
        {
            ["Console:Personas"] = "false",
            ["SignIn:Authority"] = provider.Issuer.TrimEnd('/'),
            ["SignIn:ClientId"] = TestProvider.ClientId,
            ["SignIn:ClientSecret"] = TestProvider.ClientSecret,
            ["SignIn:Roles:0:Name"] = "agents",
            ["SignIn:Roles:0:Tenants:demo:0"] = "support:read",
        });
        using var person = await SdkClient.StartAsync("sign-in.mjs", shop.Settings());

        await person.UntilPauseAsync();
        provider.Person["roles"] = new[] { "none" };
        await person.ContinueAsync();
        await person.UntilPauseAsync();
        provider.Denies = true;
        await person.FinishAsync();

        Assert.Empty(person.Lines.Select(static line => line["problem"]?.GetValue<string>()).OfType<string>());
        Assert.Equal("kim@harbour.example in demo", person.Told("who").GetValue<string>());
        Assert.Equal("/console/operations", person.Told("where").GetValue<string>());
        Assert.Equal("""{"httpOnly":true,"sameSite":"Lax"}""", person.Told("cookie").ToJsonString());
        Assert.Contains("you cancelled", person.Told("cancelled").GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Silo.Output, static line => line.Contains("kim@", StringComparison.Ordinal));
    }
}
