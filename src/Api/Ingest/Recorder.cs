using System.Diagnostics;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Passes checked envelopes of one guest to its grain, in one call and in their order. It answers envelopes that failed
/// a check without the grain.
/// </summary>
internal sealed class Recorder(
    GuestGrains guests, RejectionLog rejections, IMemoryLevel memory, TimeProvider time)
{
    /// <returns>One result for each check, in the same order.</returns>
    /// <exception cref="SessionUnavailableException">It is unknown whether anything was recorded.</exception>
    public async Task<EventResult[]> RecordAsync(
        Tenant tenant, string guest, IReadOnlyList<EnvelopeCheck> checks)
    {
        // Checks before the guest is activated, because the activation would need memory.
        if (memory.Level >= MemoryLevel.Scarce)
            return [.. checks.Select(static check =>
                EventResult.Retry(check.EventId, EventCodes.Memory, Refusals.MemoryRetryAfter))];

        var events = ToRecord(guest, checks);
        IReadOnlyList<RecordResult> answers = events.Count == 0
            ? []
            : (await guests.For(tenant.Name, guest).RecordAsync(new RecordRequest(guest, events, TraceParent))).Results;
        var results = Results(guest, checks, events, answers);
        for (var at = 0; at < results.Length; at++)
        {
            if (results[at].Status == EventStatus.Rejected)
                rejections.Add(tenant.Name, guest, checks[at], results[at]);
        }

        return results;
    }

    /// <summary>The same as a dry run: records neither events nor rejections.</summary>
    public async Task<EventResult[]> ValidateAsync(Tenant tenant, string guest, IReadOnlyList<EnvelopeCheck> checks)
    {
        var events = ToRecord(guest, checks);
        IReadOnlyList<RecordResult> answers = events.Count == 0
            ? []
            : (await guests.For(tenant.Name, guest).ValidateAsync(new RecordRequest(guest, events, TraceParent))).Results;
        return Results(guest, checks, events, answers);
    }

    /// <summary>The events that passed their checks, in their order.</summary>
    private List<EventToRecord> ToRecord(string guest, IReadOnlyList<EnvelopeCheck> checks)
    {
        var now = time.GetUtcNow();
        var events = new List<EventToRecord>(checks.Count);
        for (var at = 0; at < checks.Count; at++)
        {
            if (Refusal(checks[at], guest) is null)
                events.Add(Event(checks[at].Envelope!, now));
        }

        return events;
    }

    private static EventResult[] Results(
        string guest, IReadOnlyList<EnvelopeCheck> checks, List<EventToRecord> events, IReadOnlyList<RecordResult> answers)
    {
        if (answers.Count != events.Count)
            throw new UnreachableException("The grain answers every event.");

        var results = new EventResult[checks.Count];
        for (int at = 0, recorded = 0; at < results.Length; at++)
        {
            var check = checks[at];
            results[at] = Refusal(check, guest) is { } errors
                ? EventResult.Rejected(check.EventId, errors, check.Warnings)
                : EventResult.From(events[recorded].EventId, answers[recorded++], check.Warnings);
        }

        return results;
    }

    /// <summary>Creates a unique, time-ordered id for an event whose caller gave none.</summary>
    public static string NewEventId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>The trace to which deliveries are linked; null if the request is not traced.</summary>
    public static string? TraceParent => Activity.Current is { Recorded: true } activity ? activity.Id : null;

    /// <summary>Why an envelope is not recorded for this guest; null when it is recorded.</summary>
    private static IReadOnlyList<Violation>? Refusal(EnvelopeCheck check, string guest)
    {
        if (check.Envelope is null)
            return check.Errors;
        return check.Guest is null || check.Guest == guest
            ? null
            : [new Violation(EventCodes.GuestMismatch, "/guest", "Expected the guest in the path, or none.")];
    }

    /// <summary>Turns a valid envelope into an event for the grain, with an id where its caller gave none.</summary>
    private static EventToRecord Event(Envelope envelope, DateTimeOffset now) =>
        new(envelope.EventId ?? NewEventId(now), envelope.Hash, envelope.Event, envelope.OccurredAt);
}
