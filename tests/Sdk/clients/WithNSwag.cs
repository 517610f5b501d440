using System.Net.Http.Headers;
using GuestSessions.NSwag;

namespace GuestSessions.Clients;

internal static class WithNSwag
{
    public static async Task<string> SendAndReadAsync(Uri service)
    {
        var answer = await ClientOf(service, "demo-ingest").RecordEventsAsync("nswag", new EnvelopeBody
        {
            Event_id = "n1",
            Event = new StreamEventBody
            {
                Type = "VIEW",
                Page = "/tourers",
                Pos = "harbourbikes/ie",
                AdditionalProperties = { ["referrer"] = "https://harbourbikes.example/" },
            },
        });
        var read = await ClientOf(service, "demo-support").ReadEventAsync("nswag", "n1");
        return $"{answer.Results.First().Status} {read.Type} {read.Sequence} {answer.Results.First().Warnings?.Count ?? 0}";
    }

    private static SessionsClient ClientOf(Uri service, string key) => new(new HttpClient
    {
        BaseAddress = service,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    });
}
