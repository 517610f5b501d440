using System.Net.Http.Headers;
using GuestSessions.Kiota;
using GuestSessions.Kiota.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace GuestSessions.Clients;

internal static class WithKiota
{
    public static async Task<string> SendAndReadAsync(Uri service)
    {
        var answer = await ClientOf(service, "demo-ingest").V1.Guests["kiota"].Events.PostAsync(new()
        {
            EnvelopeBody = new EnvelopeBody
            {
                EventId = "k1",
                Event = new StreamEventBody
                {
                    Type = "VIEW",
                    Page = "/tourers",
                    Pos = "harbourbikes/ie",
                    AdditionalData = { ["referrer"] = "https://harbourbikes.example/" },
                },
            },
        });
        var read = await ClientOf(service, "demo-support").V1.Guests["kiota"].Events["k1"].GetAsync();
        return $"{answer?.Results?[0].Status} {read?.Type} {read?.Sequence} {answer?.Results?[0].Warnings?.Count ?? 0}";
    }

    // Kiota's own provider of API keys refuses plain HTTP, even to this machine.
    private static SessionsClient ClientOf(Uri service, string key)
    {
        var http = KiotaClientFactory.Create();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new SessionsClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
        {
            BaseUrl = service.GetLeftPart(UriPartial.Authority),
        });
    }
}
