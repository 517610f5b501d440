namespace GuestSessions.Api.Tests.Ingest;

/// <summary>Request bodies.</summary>
public static class Samples
{
    public const string Path = "/v1/guests/cust-42/events";

    public static string Event(string page = "/tourers", string pos = "harbourbikes/ie")
        => $$$"""{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"{{{page}}}","pos":"{{{pos}}}"}""";

    public static string Envelope(string id, string page = "/tourers", string pos = "harbourbikes/ie")
        => $$$"""{"event_id":"{{{id}}}","event":{{{Event(page, pos)}}}}""";

    public static string For(string guest, string id, string page = "/tourers", string pos = "harbourbikes/ie")
        => $$$"""{"guest":"{{{guest}}}","event_id":"{{{id}}}","event":{{{Event(page, pos)}}}}""";

    public static string Batch(params string[] envelopes) => $$$"""{"events":[{{{string.Join(",", envelopes)}}}]}""";

    public static string Array(params string[] envelopes) => $"[{string.Join(",", envelopes)}]";
}
