namespace GuestSessions.Emulator.Http;

/// <summary>
/// Allows calls by the SDKs of any page. Their content type and headers cause a preflight for every call, even for a
/// GET. The pages under <c>/_emulator</c> allow only their own origin.
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
