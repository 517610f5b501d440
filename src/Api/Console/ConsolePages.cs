using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Console;

/// <summary>A page with the model that it shows.</summary>
public abstract class ConsolePage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required ConsoleView View { get; set; }

    [Parameter, EditorRequired]
    public required TModel Model { get; set; }
}

/// <summary>A part of a page, which knows what the page knows.</summary>
public abstract class ConsolePart : ComponentBase
{
    [CascadingParameter]
    public required ConsoleView View { get; set; }
}

/// <summary>Renders pages.</summary>
internal static class ConsolePages
{
    /// <summary>The query parameter that says what an act did, as one of a few known words.</summary>
    public const string Done = "done";

    public static IResult Page<TPage, TModel>(HttpContext context, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ConsolePage<TModel> => new RazorComponentResult<TPage>(new Dictionary<string, object?>
        {
            [nameof(ConsolePage<TModel>.View)] = ViewOf(context),
            [nameof(ConsolePage<TModel>.Model)] = model,
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>The page of an answer, or the page of its refusal.</summary>
    public static IResult Page<TPage, TModel, T>(HttpContext context, Answered<T> answered, Func<T, TModel> model)
        where TPage : ConsolePage<TModel>
        where T : class => answered.Value is { } value ? Page<TPage, TModel>(context, model(value)) : Refused(context, answered.Refused!);

    /// <summary>Whether a request is for a page of the console.</summary>
    public static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ConsoleAccess>() is not null;

    /// <summary>Says why nothing was found or done.</summary>
    public static IResult Refused(HttpContext context, Refusal refusal) => Page<Trouble, ProblemModel>(
        context, ProblemModel.Of(refusal.Problem), refusal.Problem.Status);

    public static IResult Forbidden(HttpContext context, string scope) => Page<Trouble, ProblemModel>(
        context,
        new ProblemModel(
            "You may not do this", $"This needs the permission {scope}. You can ask {Personas.With(scope)}.", null, []),
        StatusCodes.Status403Forbidden);

    public static IResult Stale(HttpContext context) => Page<Trouble, ProblemModel>(
        context,
        new ProblemModel(
            "This form is out of date",
            "Nothing was done. You may have signed in again since the page was loaded. Go back, reload the page, and try again.",
            null, []),
        StatusCodes.Status400BadRequest);

    public static string SignInFor(HttpContext context) => HttpMethods.IsGet(context.Request.Method)
        ? $"{ConsoleEndpoints.Root}/sign-in?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}"
        : $"{ConsoleEndpoints.Root}/sign-in";

    private static ConsoleView ViewOf(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return new ConsoleView(
            context.User as Caller,
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            tokens.FormFieldName,
            tokens.RequestToken!,
            context.Request.Path + context.Request.QueryString,
            context.Request.Query.One(Done))
        {
            Tenants = SignedIn.Of(context)?.Tenants ?? [],
        };
    }
}
