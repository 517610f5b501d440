using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Live;
using GuestSessions.Api.Overload;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>
/// The support console at <c>/console</c>: pages that the server renders, plain links and forms. It calls the services of
/// the API with the signed-in person as the caller, so that both have the same rules.
/// </summary>
internal static class ConsoleEndpoints
{
    public const string Root = "/console";

    /// <summary>Set when somebody has added authentication; the framework adds it to every request otherwise.</summary>
    private const string AuthenticationIsSet = "__AuthenticationMiddlewareSet";

    public static void AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddConsoleSignIn();
        services.AddConsoleProvider();
        services.AddConsoleKeys();
        services.AddSingleton<ConsoleGuests>();
        services.AddSingleton<ConsoleQuestion>();
        services.AddSingleton<ConsoleActs>();
        services.AddSingleton<ConsoleLists>();
        services.AddSingleton<ConsolePrivacy>();
        services.AddSingleton<ConsoleReveals>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServiceOptions>, ConsoleChecks>());
    }

    /// <summary>Checks who calls the console. No other request reads a cookie.</summary>
    public static void UseConsole(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties[AuthenticationIsSet] = true;
        app.UseMiddleware<ConsoleCheck>();
    }

    public static void MapConsole(this IEndpointRouteBuilder api)
    {
        var console = api.MapGroup(Root).ExcludeFromDescription();
        console.MapConsoleAssets();
        console.MapSignIn();
        var pages = console.MapGroup("").WithMetadata(new ConsoleAccess(Scopes.SupportRead));
        pages.MapFind();
        pages.MapGuest();
        pages.MapLists();
        console.MapActs();
        console.MapGet("/{**rest}", static (HttpContext context) => ConsolePages.Refused(context, Errors.Refusals.NotFound()))
            .WithMetadata(new ConsoleAccess());
    }

    private static void MapFind(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("", static (HttpContext context) =>
            ConsolePages.Page<Find, FindModel>(context, new FindModel(null, null, null)));

        // The text is personal, so it is in a body and in no address. The page that answers it can be gone back to and reloaded.
        pages.MapPost("/find", static (HttpContext context, [FromServices] ConsoleGuests guests) => guests.AskAsync(context));
        pages.MapGet("/find", static (HttpContext context, [FromServices] ConsoleGuests guests) => guests.FindAsync(context));
    }

    private static void MapGuest(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/guests/{guest}",
            static (string guest, HttpContext context, [FromServices] ConsoleGuests guests) => guests.GuestAsync(guest, context));
        pages.MapGet("/guests/{guest}/events/{event}",
            static (string guest, string @event, HttpContext context, [FromServices] ConsoleGuests guests)
                => guests.EventAsync(guest, @event, context));
        pages.MapGet("/guests/{guest}/rows/{event}",
            static (string guest, string @event, HttpContext context, [FromServices] ConsoleGuests guests)
                => guests.RowAsync(guest, @event, context));
        pages.MapGet("/guests/{guest}/live",
                static (string guest, HttpContext context, [FromServices] LiveStreams streams)
                    => streams.OpenAsync(guest, context))
            .WithImportance(Importance.Bulk, staysLong: true);
    }

    private static void MapLists(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/aside", static (HttpContext context, [FromServices] ConsoleLists lists) => lists.AsideAsync(context));
        pages.MapGet("/aside/quarantine",
            static (HttpContext context, [FromServices] ConsoleLists lists) => lists.GroupAsync(inDoubt: false, context));
        pages.MapGet("/aside/in-doubt",
            static (HttpContext context, [FromServices] ConsoleLists lists) => lists.GroupAsync(inDoubt: true, context));
        pages.MapGet("/operations",
            static (HttpContext context, [FromServices] ConsoleLists lists) => lists.OperationsAsync(context));
        pages.MapGet("/operations/{id}",
            static (string id, HttpContext context, [FromServices] ConsoleLists lists) => lists.OperationAsync(id, context));
        pages.MapGet("/privacy", static (HttpContext context, [FromServices] ConsolePrivacy privacy) => privacy.PageAsync(context));
        pages.MapGet("/health", static (HttpContext context, [FromServices] ConsoleLists lists) => lists.HealthAsync(context));
        pages.MapGet("/audit", static (HttpContext context, [FromServices] ConsoleLists lists) => lists.AuditAsync(context))
            .WithMetadata(new ConsoleAccess(Scopes.Admin));
    }

    private static void MapActs(this IEndpointRouteBuilder console)
    {
        var acts = console.MapGroup("").WithMetadata(new ConsoleAccess(Scopes.SupportAct));
        acts.MapPost("/guests/{guest}/events/{event}/{act}",
            static (string guest, string @event, string act, HttpContext context, [FromServices] ConsoleActs acts)
                => acts.EventAsync(guest, @event, act, context));
        acts.MapPost("/guests/{guest}/{act}",
            static (string guest, string act, HttpContext context, [FromServices] ConsoleActs acts)
                => acts.GuestAsync(guest, act, context));
        acts.MapGet("/aside/plan", static (HttpContext context, [FromServices] ConsoleActs acts) => acts.PlanAsync(context));
        acts.MapPost("/aside/{act}",
            static (string act, HttpContext context, [FromServices] ConsoleActs acts) => acts.BulkAsync(act, context));
        acts.MapPost("/operations/{id}/cancel",
            static (string id, HttpContext context, [FromServices] ConsoleActs acts) => acts.CancelAsync(id, context));
        console.MapPost("/guests/{guest}/reveal",
                static (string guest, HttpContext context, [FromServices] ConsoleReveals reveals) => reveals.RevealAsync(guest, context))
            .WithMetadata(new ConsoleAccess(Scopes.SupportReveal));
        var privacy = console.MapGroup("").WithMetadata(new ConsoleAccess(Scopes.Admin));
        privacy.MapPost("/privacy/{act}",
            static (string act, HttpContext context, [FromServices] ConsolePrivacy privacy) => privacy.ActAsync(act, context));
        privacy.MapPost("/guests/{guest}/events/{event}/blank",
            static (string guest, string @event, HttpContext context, [FromServices] ConsolePrivacy privacy)
                => privacy.BlankAsync(guest, @event, context));
        privacy.MapPost("/operations/{id}/file",
            static (string id, HttpContext context, [FromServices] ConsolePrivacy privacy) => privacy.TakeFileAsync(id, context));
        privacy.MapPost("/operations/{id}/done-upstream",
            static (string id, HttpContext context, [FromServices] ConsolePrivacy privacy)
                => privacy.RecordDoneUpstreamAsync(id, context));
        console.MapPost("/delivery/{act}",
                static (string act, HttpContext context, [FromServices] ConsoleActs acts) => acts.DeliveryAsync(act, context))
            .WithMetadata(new ConsoleAccess(Scopes.Admin));
    }

    /// <summary>Redirects after a form: the browser gets the page, and reloading it repeats nothing.</summary>
    public static IResult See(string address) => new SeeOther(address);

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
