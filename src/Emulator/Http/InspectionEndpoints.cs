using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GuestSessions.Emulator.Http;

/// <summary>Shows what the emulator received, and sets its faults, under <c>/_emulator</c>.</summary>
internal sealed class InspectionEndpoints(
    ArrivalLog arrivals, SessionBook sessions, GuestBook guests, FaultPlan faults, EventModel model)
{
    private const int DefaultLimit = 500;
    private const int LargestLimit = 10_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var inspect = routes.MapGroup("/_emulator");
        inspect.MapGet("/events", Events);
        inspect.MapGet("/sessions", (string? browser_id) => new { Items = sessions.Of(browser_id) });
        inspect.MapGet("/guests", (string? browser_id) => new
        {
            Items = browser_id is null ? guests.All : guests.Of(browser_id) is { } guest ? [guest] : [],
        });
        inspect.MapGet("/stats", () => arrivals.Stats);
        inspect.MapPost("/reset", () =>
        {
            arrivals.Clear();
            model.Clear();
            faults.Clear();
            return TypedResults.NoContent();
        });

        inspect.MapGet("/faults", () => new { Items = faults.List() });
        inspect.MapPost("/faults", AddFaults);
        inspect.MapDelete("/faults/{number:int}", IResult (int number) => faults.Remove(number)
            ? TypedResults.NoContent()
            : TypedResults.NotFound(ErrorBody.Of(404, "There is no rule with that number.")));
        inspect.MapDelete("/faults", () =>
        {
            faults.Clear();
            return TypedResults.NoContent();
        });
    }

    private IResult AddFaults(FaultRule[] rules)
    {
        if (rules.Select(rule => rule.Nonsense()).FirstOrDefault(found => found is not null) is { } nonsense)
            return TypedResults.BadRequest(ErrorBody.Of(400, nonsense));
        return faults.TryAdd(rules)
            ? TypedResults.Ok(new { Items = faults.List() })
            : TypedResults.BadRequest(ErrorBody.Of(400, $"There can be at most {FaultPlan.Most} rules."));
    }

    private JsonHttpResult<EventPage> Events(
        string? browser_id, string? client_key, string? type, string? effect, int? limit, long? after)
    {
        var size = Math.Clamp(limit ?? DefaultLimit, 1, LargestLimit);
        var found = arrivals.Since(after ?? 0, browser_id)
            .Where(a => a.IsEvent
                && (client_key is null || client_key == a.ClientKey)
                && (type is null || type == a.Type)
                && (effect is null || effect == a.EffectName))
            .Take(size + 1)
            .ToList();
        var page = found.Take(size).ToList();
        return TypedResults.Json(
            new EventPage(page, found.Count > size ? page[^1].Number : null), EmulatorJson.Options);
    }

    /// <param name="Items">In the order of arrival.</param>
    /// <param name="Next">The value of <c>after</c> for the next page; null at the end.</param>
    private sealed record EventPage(IReadOnlyList<Arrival> Items, long? Next);
}
