using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.Emulator.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GuestSessions.Emulator.Http;

/// <summary>What the emulator saw and what it is to do, under <c>/_emulator</c>.</summary>
internal static class InspectionEndpoints
{
    private const int DefaultLimit = 500;
    private const int LargestLimit = 10_000;

    public static void Map(
        IEndpointRouteBuilder routes, ArrivalLog arrivals, SessionBook sessions, FaultPlan faults)
    {
        routes.MapGet("/", Index);

        var inspect = routes.MapGroup("/_emulator");
        inspect.MapGet(
            "/events",
            (string? browser_id, string? client_key, string? type, int? limit, long? after) =>
                Events(arrivals.Since(after ?? 0, browser_id), client_key, type, limit ?? DefaultLimit));
        inspect.MapGet("/sessions", (string? browser_id) => new { Items = sessions.Of(browser_id) });
        inspect.MapGet("/stats", () => arrivals.Stats);
        inspect.MapPost("/reset", () =>
        {
            arrivals.Clear();
            sessions.Clear();
            faults.Clear();
            return TypedResults.NoContent();
        });

        inspect.MapGet("/faults", () => new { Items = faults.List() });
        inspect.MapPost("/faults", IResult (FaultRule[] rules) => faults.TryAdd(rules)
            ? TypedResults.Ok(new { Items = faults.List() })
            : TypedResults.BadRequest(ErrorBody.Of(400, $"There can be {FaultPlan.Most} rules at most.")));
        inspect.MapDelete("/faults", () =>
        {
            faults.Clear();
            return TypedResults.NoContent();
        });
    }

    private static JsonHttpResult<EventPage> Events(
        IReadOnlyList<Arrival> arrivals, string? clientKey, string? type, int limit)
    {
        var size = Math.Clamp(limit, 1, LargestLimit);
        var found = arrivals
            .Where(a => a.IsEvent
                && (clientKey is null || clientKey == a.ClientKey)
                && (type is null || type == a.Type))
            .Take(size + 1)
            .ToList();
        var page = found.Take(size).ToList();
        return TypedResults.Json(
            new EventPage(page, found.Count > size ? page[^1].Number : null), EmulatorJson.Options);
    }

    private static object Index() => new
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
            "GET /_emulator/events?browser_id=&client_key=&type=&limit=&after=",
            "GET /_emulator/sessions?browser_id=",
            "GET /_emulator/stats",
            "GET, POST, DELETE /_emulator/faults",
            "POST /_emulator/reset",
        },
    };

    /// <param name="Items">In the order of arrival.</param>
    /// <param name="Next">What to give as <c>after</c> for more; null at the end.</param>
    private sealed record EventPage(IReadOnlyList<Arrival> Items, long? Next);
}
