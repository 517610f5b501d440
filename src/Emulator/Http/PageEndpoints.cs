using System.Reflection;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// The page at the root: three files without a framework, and the view that the script requests. Content of an event
/// is never markup, and the policy allows only these files to run.
/// </summary>
internal sealed class PageEndpoints(Inspection inspection)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder routes)
    {
        var page = Read("page.html");
        routes.MapGet("/", http => WantsPage(http.Request)
            ? WriteAsync(http, "text/html; charset=utf-8", page)
            : http.Response.WriteAsJsonAsync(Index.Of, EmulatorJson.Options));
        MapFile(routes, "page.css", "text/css; charset=utf-8");
        MapFile(routes, "page.js", "text/javascript; charset=utf-8");
        routes.MapGet("/_emulator/view", (string? browser_id, string? effect) => TypedResults.Json(
            inspection.View(NullIfEmpty(browser_id), NullIfEmpty(effect)), EmulatorJson.Options));
    }

    private static void MapFile(IEndpointRouteBuilder routes, string name, string contentType)
    {
        var content = Read(name);
        routes.MapGet("/_emulator/" + name, http => WriteAsync(http, contentType, content));
    }

    private static async Task WriteAsync(HttpContext http, string contentType, byte[] content)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
        http.Response.ContentType = contentType;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }

    private static byte[] Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
