using System.Net.Http.Headers;

namespace GuestSessions.StreamApi;

/// <summary>Tells the upstream on whose behalf a request comes. That it looks at them is not documented.</summary>
internal static class VisitorHeaders
{
    // As they came: what the visitor's browser calls itself need not be well-formed.
    public static void AddTo(HttpRequestHeaders headers, string? userAgent, string? address)
    {
        if (userAgent is not null)
            headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (address is not null)
            headers.TryAddWithoutValidation("X-Forwarded-For", address);
    }
}
