using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Records events of many guests: guests in parallel, each guest's own events one call after the other, so
/// that their order is the order of the request.
/// </summary>
internal sealed class BulkRecorder(
    Recorder recorder, RejectionLog rejections, IOptions<SessionsOptions> options)
{
    /// <summary>Maximum number of guests recorded in parallel, for one request or one slice of a stream.</summary>
    private const int GuestsAtOnce = 64;

    private readonly int _eventsPerCall = options.Value.Ingest.BatchEvents;

    /// <param name="tenant">The tenant of all these guests.</param>
    /// <param name="checks">In the order of the request.</param>
    /// <param name="order">Given for a request that arrives in slices: keeps the order across its slices.</param>
    /// <returns>One result for each check, in the same order, each with its guest.</returns>
    public Task<EventResult[]> RecordAsync(
        Tenant tenant, IReadOnlyList<EnvelopeCheck> checks, GuestOrder? order = null)
    {
        order ??= new GuestOrder();
        var results = new EventResult[checks.Count];
        var guests = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var at = 0; at < checks.Count; at++)
        {
            if (Refusal(checks[at]) is { } errors)
            {
                results[at] = EventResult.Rejected(checks[at].EventId, errors, checks[at].Warnings) with
                {
                    Guest = checks[at].Guest,
                };
                rejections.Add(tenant.Name, null, checks[at], results[at]);
            }
            else if (guests.TryGetValue(checks[at].Guest!, out var others))
                others.Add(at);
            else
                guests.Add(checks[at].Guest!, [at]);
        }

        // Takes all turns before the first wait, because the next slice may arrive at once.
        List<(GuestOrder.Turn, List<int>)> turns =
            [.. guests.Select(guest => (order.Take(guest.Key), guest.Value))];
        return RecordAsync(tenant, turns, checks, results, order);
    }

    private async Task<EventResult[]> RecordAsync(
        Tenant tenant,
        List<(GuestOrder.Turn Turn, List<int> Places)> turns,
        IReadOnlyList<EnvelopeCheck> checks,
        EventResult[] results,
        GuestOrder order)
    {
        try
        {
            await Parallel.ForEachAsync(
                turns, new ParallelOptions { MaxDegreeOfParallelism = GuestsAtOnce }, async (guest, _) =>
                {
                    await guest.Turn.Before;
                    foreach (var call in guest.Places.Chunk(_eventsPerCall))
                        await RecordCallAsync(tenant, guest.Turn.Guest, call, checks, results, order);
                    guest.Turn.Leave();
                });
            return results;
        }
        finally
        {
            // After a fault, some guests have not had their turn; nothing may wait for them.
            foreach (var (turn, _) in turns)
                turn.Leave();
        }
    }

    private async Task RecordCallAsync(
        Tenant tenant,
        string guest,
        int[] places,
        IReadOnlyList<EnvelopeCheck> checks,
        EventResult[] results,
        GuestOrder order)
    {
        var (held, why) = order.Held(guest, [.. places.Select(place => checks[place].EventId)]);
        foreach (var place in places.AsSpan(0, held))
            results[place] = why! with { EventId = checks[place].EventId, Guest = guest };
        if (held == places.Length)
            return;

        var open = places[held..];
        var answers = await RecordOrRetryAsync(tenant, guest, [.. open.Select(place => checks[place])]);
        for (var at = 0; at < open.Length; at++)
            results[open[at]] = answers[at] with { Guest = guest };
        var stop = Array.FindIndex(answers, answer => answer.Status == EventStatus.Retry);
        if (stop >= 0)
            order.StopAt(guest, checks[open[stop]].EventId, answers[stop]);
    }

    private async Task<EventResult[]> RecordOrRetryAsync(Tenant tenant, string guest, EnvelopeCheck[] checks)
    {
        try
        {
            return await recorder.RecordAsync(tenant, guest, checks);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return [.. checks.Select(check =>
                EventResult.Retry(check.EventId, EventCodes.Unavailable, Refusals.DefaultRetryAfter))];
        }
    }

    private static IReadOnlyList<Violation>? Refusal(EnvelopeCheck check)
    {
        if (check.Envelope is null)
            return check.Errors;
        return check.Guest is null
            ? [new Violation(EventCodes.MissingAttribute, "/guest", "The guest is absent. Expected the guest's id.")]
            : null;
    }
}
