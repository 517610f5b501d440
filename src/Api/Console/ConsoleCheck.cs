using GuestSessions.Api.Authentication;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Api.Console;

/// <summary>
/// Guards the pages of the console: security headers, who has signed in, the scope that a page requires, and whether a form
/// is one of ours.
/// </summary>
internal sealed class ConsoleCheck(RequestDelegate next, IAntiforgery antiforgery, ConsoleAddress address)
{
    /// <summary>Bytes. An event has at most 32 KB, and a form encodes each byte in up to three.</summary>
    public const int LongestForm = 128 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ConsoleAccess>() is { } access ? GuardAsync(context, access) : next(context);

    private async Task GuardAsync(HttpContext context, ConsoleAccess access)
    {
        // When the answer starts: a failure clears what was set before it.
        context.Response.OnStarting(static response => Protect((HttpContext)response), context);
        address.Apply(context.Request);
        var signedIn = await ConsoleSignIn.FindAsync(context);
        if (signedIn is not null)
        {
            context.Features.Set(signedIn);
            context.User = signedIn.Caller ?? signedIn.Person.ToPrincipal(ConsoleSignIn.Scheme);
        }

        if (signedIn is null && !access.IsOpen)
        {
            context.Response.Redirect(ConsolePages.SignInFor(context));
            return;
        }

        if (signedIn is { Caller: null } && access is { IsOpen: false, NeedsTenant: true })
        {
            await AskForTenantAsync(context, signedIn);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method) && !await IsOursAsync(context))
        {
            await ConsolePages.Stale(context).ExecuteAsync(context);
            return;
        }

        if (access.Scope is { } scope && !Caller.Of(context).Has(scope))
        {
            await ConsolePages.Forbidden(context, scope).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static Task AskForTenantAsync(HttpContext context, SignedIn signedIn)
    {
        if (signedIn.Tenants.Count == 0)
            return ConsoleEntry.NoRole(context).ExecuteAsync(context);
        context.Response.Redirect(ConsoleEntry.TenantChoice(HttpMethods.IsGet(context.Request.Method)
            ? context.Request.Path + context.Request.QueryString
            : ConsoleEndpoints.Root));
        return Task.CompletedTask;
    }

    private async Task<bool> IsOursAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = LongestForm;
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static Task Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"{Policy} {ConsoleProvider.OriginsOf(context)}";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-cache, no-store";
        return Task.CompletedTask;
    }
}
