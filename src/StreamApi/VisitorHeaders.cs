using System.Net.Http.Headers;

namespace GuestSessions.StreamApi;

/// <summary>
/// Adds the headers that name the visitor of a request. It is not documented whether the upstream reads them.
/// </summary>
internal static class VisitorHeaders
{
    // Not validated: a visitor's User-Agent need not be well-formed.
    public static void AddTo(HttpRequestHeaders headers, string? userAgent, string? address)
    {
        if (userAgent is not null)
            headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (address is not null)
            headers.TryAddWithoutValidation("X-Forwarded-For", address);
    }
}
