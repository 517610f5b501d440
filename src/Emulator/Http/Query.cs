namespace GuestSessions.Emulator.Http;

internal static class Query
{
    /// <summary>The first value of that name; null when there is none.</summary>
    public static string? Of(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}
