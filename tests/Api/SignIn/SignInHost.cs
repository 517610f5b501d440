using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ProviderKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>The API with a provider, and with the tenants <c>demo</c> and <c>other</c>.</summary>
internal static class SignInHost
{
    /// <summary>Roles: an agent of both tenants, a privacy officer of one, a backend of every tenant.</summary>
    public static Dictionary<string, string?> Settings(TestProvider provider) => Configurations.Of(Configurations.Other, new()
    {
        ["Sessions:SignIn:Authority"] = provider.Issuer.TrimEnd('/'),
        ["Sessions:SignIn:ClientId"] = TestProvider.ClientId,
        ["Sessions:SignIn:ClientSecret"] = TestProvider.ClientSecret,
        ["Sessions:SignIn:Audiences:0"] = TestProvider.Audience,
        ["Sessions:SignIn:Contact"] = "the desk at extension 4711",
        ["Sessions:SignIn:Roles:0:Name"] = "shop:agents",
        ["Sessions:SignIn:Roles:0:Tenants:demo:0"] = "support:read",
        ["Sessions:SignIn:Roles:0:Tenants:demo:1"] = "support:act",
        ["Sessions:SignIn:Roles:1:Name"] = "both",
        ["Sessions:SignIn:Roles:1:Tenants:demo:0"] = "support:read",
        ["Sessions:SignIn:Roles:1:Tenants:demo:1"] = "support:act",
        ["Sessions:SignIn:Roles:1:Tenants:other:0"] = "support:read",
        ["Sessions:SignIn:Roles:2:Name"] = "backend",
        ["Sessions:SignIn:Roles:2:Tenants:*:0"] = "ingest",
    });

    /// <param name="settings">They win over those of a provider.</param>
    public static async Task<ApiHost> StartAsync(
        TestProvider provider, Dictionary<string, string?>? settings = null, TimeProvider? time = null,
        RecordingLog? log = null)
    {
        var api = await StartAsync(Settings(provider), settings, time, log);
        await KnowsProviderAsync(api);
        return api;
    }

    /// <summary>Waits until the host has read the provider's document.</summary>
    public static Task KnowsProviderAsync(ApiHost api) =>
        Eventually.TrueAsync(() => api.App.Services.GetRequiredService<ProviderDocument>().Current is not null);

    public static async Task<ApiHost> StartAsync(
        Dictionary<string, string?> settings, Dictionary<string, string?>? more = null, TimeProvider? time = null, RecordingLog? log = null)
    {
        foreach (var (key, value) in more ?? [])
            settings[key] = value;
        // Cookies and codes expire by the clock of the test's own client, too.
        return await ApiHost.StartAsync(
            settings, configure: builder =>
            {
                builder.Services.AddSingleton(time ?? TimeProvider.System);
                if (log is not null)
                    builder.Logging.AddProvider(log);
            });
    }
}

/// <summary>The system's clock, and a time by which it is ahead.</summary>
internal sealed class ClockAhead : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
}
