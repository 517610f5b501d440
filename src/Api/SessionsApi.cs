using System.Text.Json.Serialization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Live;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Overload;
using GuestSessions.Api.Privacy;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Replay;
using GuestSessions.Api.Reveal;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Api.Validation;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api;

/// <summary>
/// The HTTP API, for any host that has an <see cref="IGrainFactory"/>, bound <see cref="ServiceOptions"/>
/// and the store's <see cref="Core.Guests.GuestKeyring"/> among its services.
/// </summary>
public static class SessionsApi
{
    public static IServiceCollection AddSessionsApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new CallerTenant(travels: true));
        services.AddSingleton(
            provider => provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Ingest);
        services.AddSingleton(provider => new Admission(
            provider.GetRequiredService<IOptions<ServiceOptions>>().Value.Api,
            provider.GetRequiredService<IOptions<ServiceOptions>>().Value.Ingress,
            provider.GetRequiredService<AdmissionInstruments>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AdmissionInstruments>();
        services.AddSingleton<BodyArrival>();
        services.TryAddSingleton<IMemoryLevel>(static provider => new MemoryGauge(
            provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Memory,
            provider.GetRequiredService<TimeProvider>(), MemoryReading.OfProcess));
        services.AddHostedService<ThreadPoolDelayProbe>();
        services.AddSingleton<LongAnswers>();
        services.AddHostedService(static provider => provider.GetRequiredService<LongAnswers>());
        services.AddSingleton<ExtTypeAgreement>();
        services.AddHostedService<ExtTypeRefresh>();
        services.AddSingleton<ExtTypeReads>();
        services.AddSingleton<TenantCatalog>();
        services.TryAddSingleton<IBrowserOwners, DirectoryOwners>();
        services.AddApiAuthentication();
        services.AddSingleton<IHealthAudience, HealthAudience>();
        services.AddIngest();
        services.AddIngress();
        services.AddGuests();
        services.AddDelivery();
        services.AddSupport();
        services.AddLists();
        services.AddOperations();
        services.AddPrivacy();
        services.AddReveal();
        services.AddReplay();
        services.AddLive();
        services.AddRejections();
        services.AddValidation();
        services.AddConsole();
        services.AddContractDocument();
        services.AddConnectionBounds();
        // A request runs on the pool thread that read it from the socket. With two more queues, a refusal would wait three
        // times for all admitted requests.
        services.Configure<SocketTransportOptions>(static sockets => sockets.UnsafePreferInlineScheduling = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        return services;
    }

    public static WebApplication MapSessionsApi(this WebApplication app)
    {
        app.UseMiddleware<ConnectionUse>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseHostCheck();
        app.UseRoutingWithHead();
        var ingress = app.Services.GetRequiredService<IngressOptions>();
        app.UseIngressListener(ingress);
        // For all other requests, these would only look up services that they do not need.
        app.UseWhen(
            static context => context.GetEndpoint()?.Metadata.GetMetadata<IngressMark>() is not null,
            static visitors => visitors.UseCors().UseRateLimiter());
        app.UseMiddleware<MemoryGuard>();
        var admission = app.Services.GetRequiredService<Admission>();
        app.Use(admission.RefuseEarlyAsync);
        app.UseMiddleware<KeyCheck>();
        app.UseConsole();
        app.Use(app.Services.GetRequiredService<BodyArrival>().RunAsync);
        app.Use(admission.RunAsync);
        if (app.Services.GetRequiredService<CallerTenant>().Travels)
            app.UseMiddleware<TenantContext>();
        app.UseMiddleware<UnknownParameters>();

        var api = app.MapGroup("").WithImportance(Importance.Support).RejectedAt(MemoryLevel.Full);
        api.MapGroup("").RejectedAt(MemoryLevel.Scarce).MapIngest();
        if (ingress.Enabled)
            api.MapIngress();
        api.MapGuests();
        api.MapSupport();
        api.MapLists();
        api.MapOperations();
        api.MapPrivacy();
        api.MapReveal();
        api.MapReplay();
        api.MapLive();
        api.MapRejections();
        api.MapExtTypes();
        api.MapValidation();
        api.MapConsole();
        app.MapDelivery(); // An operator stops the load with these calls, so they have to work under load.
        app.MapContract();
        app.MapApiPage();
        var metrics = app.MapMetrics(app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value.Metrics);
        metrics?.ForAdministrators(app.Environment);
        return app;
    }

    /// <summary>Outside Development, lets only keys with the scope <c>admin</c> in.</summary>
    public static T ForAdministrators<T>(this T endpoints, IHostEnvironment environment) where T : IEndpointConventionBuilder =>
        environment.IsDevelopment() ? endpoints : endpoints.WithMetadata(new RequiredScope(Scopes.Admin));
}
