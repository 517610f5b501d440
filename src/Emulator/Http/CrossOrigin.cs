namespace GuestSessions.Emulator.Http;

/// <summary>
/// Lets the SDKs of any page call. Their content type and headers make every call ask first, even the GETs.
/// The inspection stays with its own origin.
/// </summary>
internal static class CrossOrigin
{
    public static void UseCrossOrigin(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/_emulator", StringComparison.Ordinal)
            || !http.Request.Headers.ContainsKey("Origin"))
            return next(http);

        var answer = http.Response.Headers;
        answer.AccessControlAllowOrigin = "*";
        if (!HttpMethods.IsOptions(http.Request.Method))
            return next(http);
        answer.AccessControlAllowMethods = "GET, POST";
        answer.AccessControlAllowHeaders = "Content-Type, X-Library-Version, X-Client-Software-ID";
        answer.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });
}
