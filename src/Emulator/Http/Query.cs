namespace GuestSessions.Emulator.Http;

internal static class Query
{
    /// <summary>The first value with that name; null if there is none.</summary>
    public static string? Of(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}
