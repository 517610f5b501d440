using System.Net.Http.Headers;
using System.Text;
using GuestSessions.Api.Ingress;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>
/// The API as a host composes it, on a real socket of this machine, over <see cref="FakeCluster"/>.
/// </summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string Tenant = "demo";
    public static readonly GuestKeyring Keyring = new(new byte[GuestKeyring.SecretLength]);
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 30, TimeSpan.Zero);

    private ApiHost(WebApplication app, FakeCluster cluster)
    {
        App = app;
        Cluster = cluster;
        Address = new Uri(app.Urls.First());
    }

    public WebApplication App { get; }
    public FakeCluster Cluster { get; }
    public FakeUpstream Upstream => Cluster.Upstream;
    public Uri Address { get; }

    /// <summary>The grain of a guest of the tenant <c>demo</c>.</summary>
    public FakeGuest Guest(string guest, string tenant = Tenant)
        => Cluster.Guest(Keyring.KeyOf(tenant, guest).ToString());

    public static async Task<ApiHost> StartAsync(
        IReadOnlyDictionary<string, string?>? configuration = null,
        string environment = "Development",
        Action<WebApplicationBuilder>? configure = null,
        int browserIds = 0)
    {
        var cluster = new FakeCluster { Upstream = { Issues = browserIds } };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Configurations.Demo);
        builder.Configuration.AddInMemoryCollection(configuration ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        var metrics = builder.Configuration.GetSection($"{SessionsOptions.Section}:Metrics").Get<MetricsOptions>() ?? new();
        builder.AddServiceDefaults(metrics);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(cluster.Grains);
        builder.Services.AddSingleton(Keyring);
        builder.Services.AddSessionsApi();
        builder.AddIngressListener(
            builder.Configuration.GetSection($"{SessionsOptions.Section}:Ingress").Get<IngressOptions>() ?? new IngressOptions());
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapServiceDefaults(metrics);
        app.MapSessionsApi();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new ApiHost(app, cluster);
    }

    /// <summary>
    /// A client of the credential; every answer it gets must stand in the OpenAPI document.
    /// </summary>
    public HttpClient Client(string? secret = "demo-admin", string? tenant = null)
    {
        var client = new HttpClient(new ContractWatch { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = Address,
        };
        if (secret is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (tenant is not null)
            client.DefaultRequestHeaders.Add("Tenant", tenant);
        return client;
    }

    public async Task<Answer> PostAsync(
        string path, string body, string contentType = "application/json", string? secret = "demo-admin")
    {
        using var client = Client(secret);
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Answer.ReadAsync(await client.PostAsync(path, content));
    }

    public async Task<Answer> GetAsync(string path, string? secret = "demo-admin")
    {
        using var client = Client(secret);
        return await Answer.ReadAsync(await client.GetAsync(path));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
