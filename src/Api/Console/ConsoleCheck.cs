using GuestSessions.Api.Authentication;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Api.Console;

/// <summary>
/// Guards the pages of the console: security headers, who has signed in, the scope that a page requires, and whether a form
/// is one of ours.
/// </summary>
internal sealed class ConsoleCheck(RequestDelegate next, IAntiforgery antiforgery)
{
    /// <summary>Bytes. An event has at most 32 KB, and a form encodes each byte in up to three.</summary>
    public const int LongestForm = 128 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ConsoleAccess>() is not { } access)
        {
            await next(context);
            return;
        }

        // When the answer starts: a failure clears what was set before it.
        context.Response.OnStarting(static response => Protect(((HttpResponse)response).Headers), context.Response);
        if (await ConsoleSignIn.CallerOfAsync(context) is { } caller)
            context.User = caller;
        else if (!access.IsOpen)
        {
            context.Response.Redirect(ConsolePages.SignInFor(context));
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

    private async Task<bool> IsOursAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = LongestForm;
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static Task Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-cache, no-store";
        return Task.CompletedTask;
    }
}
