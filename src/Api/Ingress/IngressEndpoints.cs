using GuestSessions.Api.Overload;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// The Stream API as the official SDKs call it, in its direct and its edge form. Like the original API, it is open to
/// anyone who knows a tenant's public key. The vendor documents it, so the OpenAPI document leaves it out.
/// </summary>
internal static class IngressEndpoints
{
    /// <summary>The name of the ingress' CORS policy.</summary>
    private const string Ingress = "ingress";

    public static void AddIngress(this IServiceCollection services)
    {
        services.AddSingleton(
            provider => provider.GetRequiredService<IOptions<ServiceOptions>>().Value.Ingress);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ServiceOptions>>().Value);
        services.AddSingleton<UpstreamGrains>();
        services.AddSingleton<IngressInstruments>();
        services.AddSingleton<IngressTenants>();
        services.AddSingleton<VisitorAddresses>();
        services.AddSingleton<IngressLimits>();
        services.AddSingleton<IssuedBrowsers>();
        services.AddSingleton<LocalBrowsers>();
        services.AddSingleton<BrowserIdPool>();
        services.AddHostedService(provider => provider.GetRequiredService<BrowserIdPool>());
        services.AddSingleton<BrowserCreation>();
        services.AddSingleton<BrowserLookup>();
        services.AddSingleton<SdkEventRecorder>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<Personalization>();

        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IngressOptions>(
            (cors, ingress) => cors.AddPolicy(Ingress, policy => policy
                .WithOrigins([.. ingress.Origins])
                .WithMethods(HttpMethods.Get, HttpMethods.Post)
                .AllowAnyHeader() // Tracing tools add headers: traceparent, baggage, sentry-trace, newrelic…
                .SetPreflightMaxAge(TimeSpan.FromHours(2))));
        services.AddRateLimiter(limiter => limiter.AddPolicy<string, IngressLimits>(IngressLimits.Policy));
    }

    public static void MapIngress(this IEndpointRouteBuilder api)
    {
        var ingress = api.MapGroup("").RequireCors(Ingress).RequireRateLimiting(IngressLimits.Policy)
            .WithMetadata(IngressMark.Instance).AllowAnonymous().ExcludeFromDescription()
            .WithImportance(Importance.View).WaitsFor(static (limits, _) => limits.EventBytes);
        MapForm(ingress.MapGroup("/v1.2"));
        MapForm(ingress.MapGroup("/v1/events/v1.2"));
        ingress.MapPost("/v2/callFlows", (HttpContext context, [FromServices] Personalization personalization)
            => personalization.PostAsync(context, StreamApiForm.Direct)).WithImportance(Importance.Event);
        ingress.MapPost("/v1/personalize", (HttpContext context, [FromServices] Personalization personalization)
            => personalization.PostAsync(context, StreamApiForm.Edge)).WithImportance(Importance.Event);
    }

    private static void MapForm(RouteGroupBuilder form)
    {
        form.MapGet("/browser/create.json", (HttpContext context, [FromServices] BrowserCreation creation)
            => creation.Create(context)).AlwaysAnswered();
        form.MapGet("/browser/{browser_id}/show.json",
            (string browser_id, HttpContext context, [FromServices] BrowserLookup lookup)
                => lookup.ShowAsync(browser_id, context));
        form.MapGet("/event/create.json", (HttpContext context, [FromServices] EventIntake intake)
            => intake.GetAsync(context)).WithImportance(Importance.Critical, isMeasured: true);
        form.MapPost("/event/create.json", (HttpContext context, [FromServices] EventIntake intake)
            => intake.PostAsync(context)).WithImportance(Importance.Critical, isMeasured: true, byBody: true);
        form.MapPost("/events", (HttpContext context, [FromServices] EventIntake intake)
            => intake.PostAsync(context)).WithImportance(Importance.Critical, isMeasured: true, byBody: true);
    }
}
