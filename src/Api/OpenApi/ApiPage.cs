using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// The contract as a page to read and to try calls from. Everything it loads is embedded in its package, and its policy lets it
/// call only this host.
/// </summary>
internal static class ApiPage
{
    public const string Route = "/docs";

    private const int NonceBytes = 16;

    public static void MapApiPage(this IEndpointRouteBuilder routes) => routes
        .MapScalarApiReference(Route, static (page, context) =>
        {
            var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
            Protect(context.Response.Headers, nonce);
            page.WithNonce(nonce)
                .WithTitle("Guest Sessions: the API")
                .WithOpenApiRoutePattern(ContractDocument.Route)
                .AddPreferredSecuritySchemes(ContractDocument.Bearer)
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideClientButton();
            page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        })
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static void Protect(IHeaderDictionary headers, string nonce)
    {
        // The page's framework writes styles of its own.
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
            + "frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
