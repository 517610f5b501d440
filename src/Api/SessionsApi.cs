using System.Text.Json.Serialization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Live;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Operator;
using GuestSessions.Api.Overload;
using GuestSessions.Api.Support;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Replay;
using GuestSessions.Api.Tenants;
using GuestSessions.Api.Validation;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api;

/// <summary>
/// The HTTP API, for any host that has an <see cref="IGrainFactory"/>, bound <see cref="SessionsOptions"/>
/// and the store's <see cref="Core.Guests.GuestKeyring"/> among its services.
/// </summary>
public static class SessionsApi
{
    public static IServiceCollection AddSessionsApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(
            provider => provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Ingest);
        services.AddSingleton(provider => new Admission(
            provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Api,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<WaitProbe>();
        services.AddSingleton<LongAnswers>();
        services.AddHostedService(static provider => provider.GetRequiredService<LongAnswers>());
        services.AddSingleton<ExtTypeAgreement>();
        services.AddSingleton<TenantCatalog>();
        services.TryAddSingleton<IBrowserOwners, DirectoryOwners>();
        services.AddApiAuthentication();
        services.AddIngest();
        services.AddIngress();
        services.AddGuests();
        services.AddDelivery();
        services.AddSupport();
        services.AddOperator();
        services.AddOperations();
        services.AddReplay();
        services.AddLive();
        services.AddRejections();
        services.AddValidation();
        services.AddContractDocument();
        services.Configure<KestrelServerOptions>(
            static kestrel => kestrel.ConfigureEndpointDefaults(PriorKnowledge.Use));
        // What arrives runs on the thread that took it off the socket, a pool's; through two more queues, a refusal would
        // wait three times for all that was admitted.
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
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        var ingress = app.Services.GetRequiredService<IngressOptions>();
        app.UseIngressListener(ingress);
        app.UseCors();
        app.UseRateLimiter();
        app.Use((context, next) => context.RequestServices.GetRequiredService<Admission>().RunAsync(context, next));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<TenantOfCalls>();

        var api = app.MapGroup("").Sheds(Importance.Support);
        api.MapIngest();
        if (ingress.Enabled)
            api.MapIngress();
        api.MapGuests();
        api.MapSupport();
        api.MapOperator();
        api.MapOperations();
        api.MapReplay();
        api.MapLive();
        api.MapRejections();
        api.MapValidation();
        app.MapDelivery(); // What stops the load has to work under it.
        app.MapOpenApi(ContractDocument.Route).AllowAnonymous();
        return app;
    }
}
