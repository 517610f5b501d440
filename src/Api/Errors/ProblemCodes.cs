namespace GuestSessions.Api.Errors;

/// <summary>The codes of refused requests that the API and the SDKs' ingress share, or that the metrics repeat.</summary>
internal static class ProblemCodes
{
    public const string PayloadTooLarge = "payload_too_large";
    public const string RequestTimeout = "request_timeout";
    public const string TooManyNewBrowsers = "too_many_new_browsers";
    public const string TooManyRequests = "too_many_requests";
    public const string UnknownClientKey = "unknown_client_key";
    public const string UnsupportedMediaType = "unsupported_media_type";
}
