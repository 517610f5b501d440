namespace GuestSessions.Emulator.Http;

/// <summary>Lists the endpoints, for clients that request the root without asking for HTML.</summary>
internal static class Index
{
    public static object Of { get; } = new
    {
        Name = "Stream API emulator",
        StreamApi = new[]
        {
            "GET /v1.2/browser/create.json?client_key=&message={}",
            "GET /v1.2/browser/{id}/show.json?client_key=&api_token=",
            "GET /v1.2/event/create.json?client_key=&message=",
            "POST /v1.2/events",
            "the same below /v1/events/v1.2 with ?sitecoreContextId=&siteId=",
            "POST /v2/callFlows, POST /v1/personalize?sitecoreContextId=&siteId=",
        },
        Inspection = new[]
        {
            "GET /_emulator/events?browser_id=&client_key=&type=&effect=&limit=&after=",
            "GET /_emulator/sessions?browser_id=",
            "GET /_emulator/guests?browser_id=",
            "GET /_emulator/stats",
            "GET, POST, DELETE /_emulator/faults, DELETE /_emulator/faults/{number}",
            "POST /_emulator/reset",
        },
    };
}
