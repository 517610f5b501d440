using GuestSessions.Api.Errors;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Records events of many guests: guests side by side, each guest's own events one call after the other, so
/// that its order is the order of the request.
/// </summary>
internal sealed class BulkRecorder(Recorder recorder, IOptions<SessionsOptions> options)
{
    /// <summary>Guests of one request that are recorded at the same time.</summary>
    private const int GuestsAtOnce = 64;

    private readonly int _eventsPerCall = options.Value.Ingest.BatchEvents;

    /// <returns>One result for each check, in the same order, each with its guest.</returns>
    public async Task<EventResult[]> RecordAsync(Tenant tenant, IReadOnlyList<EnvelopeCheck> checks)
    {
        var results = new EventResult[checks.Count];
        var guests = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var at = 0; at < checks.Count; at++)
        {
            if (Refusal(checks[at]) is { } errors)
                results[at] = EventResult.Rejected(checks[at].EventId, errors) with
                {
                    Guest = checks[at].Guest,
                };
            else if (guests.TryGetValue(checks[at].Guest!, out var others))
                others.Add(at);
            else
                guests.Add(checks[at].Guest!, [at]);
        }

        await Parallel.ForEachAsync(guests, new ParallelOptions { MaxDegreeOfParallelism = GuestsAtOnce },
            async (guest, _) => await RecordGuestAsync(tenant, guest.Key, guest.Value, checks, results));
        return results;
    }

    private async Task RecordGuestAsync(
        Tenant tenant,
        string guest,
        List<int> places,
        IReadOnlyList<EnvelopeCheck> checks,
        EventResult[] results)
    {
        EventResult? stoppedBy = null;
        foreach (var call in places.Chunk(_eventsPerCall))
        {
            // What follows an event that has to come again comes again too, or it would overtake it.
            var answers = stoppedBy is null
                ? await RecordCallAsync(tenant, guest, [.. call.Select(place => checks[place])])
                : [.. call.Select(place => stoppedBy with { EventId = checks[place].EventId })];
            for (var at = 0; at < call.Length; at++)
                results[call[at]] = answers[at] with { Guest = guest };
            stoppedBy ??= answers.FirstOrDefault(answer => answer.Status == EventStatus.Retry);
        }
    }

    private async Task<EventResult[]> RecordCallAsync(Tenant tenant, string guest, EnvelopeCheck[] checks)
    {
        try
        {
            return await recorder.RecordAsync(tenant, guest, checks);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return [.. checks.Select(check =>
                EventResult.Retry(check.EventId, ResultCodes.Unavailable, Refusals.DefaultRetryAfter))];
        }
    }

    private static IReadOnlyList<Violation>? Refusal(EnvelopeCheck check)
    {
        if (check.Envelope is null)
            return check.Errors;
        return check.Guest is null
            ? [new Violation("missing_attribute", "/guest", "Expected the guest's id; it is absent.")]
            : null;
    }
}
