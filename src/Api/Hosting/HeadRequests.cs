using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Answers HEAD like GET (RFC 9110, 9.3.2); the server leaves the body out. Rejects HEAD where GET is more than a read: in
/// the ingress, whose GET form records events, and where an answer never ends.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Adds routing, with the steps for HEAD before and after it.</summary>
    public static void UseRoutingWithHead(this IApplicationBuilder app)
    {
        app.Use(static (context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Features.Set(Head.Instance);
            }

            return next(context);
        });
        app.UseRouting();
        app.Use(static (context, next) => IsMoreThanRead(context.GetEndpoint()) && context.Features.Get<Head>() is not null
            ? RejectAsync(context)
            : next(context));
    }

    private static Task RejectAsync(HttpContext context)
    {
        var methods = context.GetEndpoint()?.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        context.Response.Headers.Allow = string.Join(", ", methods);
        return Refusals.MethodNotAllowed().ExecuteAsync(context);
    }

    private static bool IsMoreThanRead(Endpoint? endpoint) => endpoint is not null
        && (endpoint.Metadata.GetMetadata<IngressMark>() is not null
            || endpoint.Metadata.GetMetadata<LoadShedding>() is { StaysLong: true });

    private sealed class Head
    {
        public static readonly Head Instance = new();
    }
}
