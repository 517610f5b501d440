using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Console.Pages;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>Signing in and out, and choosing a tenant.</summary>
internal static class ConsoleEntry
{
    private const string Tenant = "tenant";
    private const string To = "to";
    private const string SignedOut = "signed-out";

    public static string TenantChoice(string to) => $"{ConsoleEndpoints.Root}/{Tenant}?{To}={Uri.EscapeDataString(to)}";

    public static void MapSignIn(this IEndpointRouteBuilder console)
    {
        var open = console.MapGroup("").WithMetadata(new ConsoleAccess(IsOpen: true));
        open.MapGet("/sign-in", static context => ShowAsync(context, StatusCodes.Status200OK));
        open.MapPost("/sign-in", SignInAsPersonaAsync);
        open.MapPost("/sign-in/provider", SignInAtProviderAsync);
        open.MapGet("/sign-in/callback", ReadProviderAsync);
        open.MapGet("/signed-out", ReadProviderAsync);

        var choice = console.MapGroup("").WithMetadata(new ConsoleAccess(NeedsTenant: false));
        choice.MapPost("/sign-out", SignOutAsync);
        choice.MapGet("/tenant", static (HttpContext context) => ConsolePages.Page<ChooseTenant, ChooseTenantModel>(
            context, new ChooseTenantModel(SignedIn.Of(context)!.Tenants, Local(context.Request.Query[To]))));
        choice.MapPost("/tenant", ChooseTenantAsync);
    }

    /// <summary>The page for somebody who has no role here.</summary>
    public static IResult NoRole(HttpContext context)
    {
        var signIn = SettingsOf(context).SignIn;
        return ConsolePages.Page<NoRole, NoRoleModel>(
            context, new NoRoleModel(SignedIn.Of(context)!.Person.Name, signIn.Contact), StatusCodes.Status403Forbidden);
    }

    private static async Task SignInAsPersonaAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!ConsoleSignIn.HasPersonas(context) || Personas.Find(form["persona"]) is not { } persona
            || !SettingsOf(context).Tenants.ContainsKey(form[Tenant].ToString()))
        {
            await ShowAsync(context, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await ConsoleSignIn.SignInAsync(
            context, new Person(persona.Id, [persona.Id], Tenant: form[Tenant].ToString(), IsFromProvider: false));
        await ConsoleEndpoints.See(Local(form[To]) ?? ConsoleEndpoints.Root).ExecuteAsync(context);
    }

    private static async Task SignInAtProviderAsync(HttpContext context, [FromServices] ConsoleFailures failures)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!ConsoleProvider.IsOn(context))
            await ShowAsync(context, StatusCodes.Status422UnprocessableEntity);
        else if (!await ConsoleProvider.AnswersAsync(context))
            await failures.UnavailableAsync(context);
        else
            await context.ChallengeAsync(PeopleSchemes.Provider, new AuthenticationProperties
            {
                RedirectUri = Local(form[To]) ?? ConsoleEndpoints.Root,
            });
    }

    private static async Task ReadProviderAsync(HttpContext context)
    {
        if (!ConsoleProvider.IsOn(context) || !await ConsoleProvider.ReadAsync(context))
            await ConsolePages.Refused(context, Errors.Refusals.NotFound()).ExecuteAsync(context);
    }

    private static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(ConsoleSignIn.Scheme);
        context.RequestServices.GetRequiredService<ConsoleQuestion>().Forget(context);
        var signedOut = $"{ConsoleProvider.SignIn}?{ConsolePages.Done}={SignedOut}";
        if (!SignedIn.Of(context)!.Person.IsFromProvider || !ConsoleProvider.IsOn(context) || !await ConsoleProvider.AnswersAsync(context))
            await ConsoleEndpoints.See(signedOut).ExecuteAsync(context);
        else
            await context.SignOutAsync(PeopleSchemes.Provider, new AuthenticationProperties { RedirectUri = signedOut });
    }

    private static async Task ChooseTenantAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (signedIn, tenant) = (SignedIn.Of(context)!, form[Tenant].ToString());
        if (!signedIn.Tenants.Contains(tenant))
        {
            await ConsolePages.Page<ChooseTenant, ChooseTenantModel>(
                    context, new ChooseTenantModel(signedIn.Tenants, Local(form[To])), StatusCodes.Status422UnprocessableEntity)
                .ExecuteAsync(context);
            return;
        }

        await ConsoleSignIn.ChooseTenantAsync(context, signedIn.Person, tenant);
        await ConsoleEndpoints.See(Local(form[To]) ?? ConsoleEndpoints.Root).ExecuteAsync(context);
    }

    private static ServiceOptions SettingsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<ServiceOptions>>().Value;

    private static async Task ShowAsync(HttpContext context, int status)
    {
        string[] tenants = [.. SettingsOf(context).Tenants.Keys.Order(StringComparer.Ordinal)];
        var hasProvider = ConsoleProvider.IsOn(context);
        var model = new SignInModel(ConsoleSignIn.HasPersonas(context), tenants, Local(context.Request.Query[To]))
        {
            HasProvider = hasProvider,
            ProviderAnswers = hasProvider && await ConsoleProvider.AnswersAsync(context),
        };
        await ConsolePages.Page<SignIn, SignInModel>(context, model, status).ExecuteAsync(context);
    }

    /// <summary>An address of the console; null for any other, so that nobody is sent elsewhere.</summary>
    private static string? Local(string? address) =>
        address is not null && (address == ConsoleEndpoints.Root
            || address.StartsWith($"{ConsoleEndpoints.Root}/", StringComparison.Ordinal)
            || address.StartsWith($"{ConsoleEndpoints.Root}?", StringComparison.Ordinal))
        && !address.Contains('\\') && !address.Any(char.IsControl)
            ? address
            : null;
}
