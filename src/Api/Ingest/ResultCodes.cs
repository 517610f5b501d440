namespace GuestSessions.Api.Ingest;

/// <summary>The codes of single events that HTTP statuses depend on.</summary>
internal static class ResultCodes
{
    public const string EventIdReused = "event_id_reused";
    public const string EventTooLarge = "event_too_large";
    public const string GuestBacklogFull = "guest_backlog_full";
    public const string MalformedJson = "malformed_json";
    public const string Memory = "memory";
    public const string TooManyIdentifiers = "too_many_identifiers";
    public const string Unavailable = "unavailable";
}
