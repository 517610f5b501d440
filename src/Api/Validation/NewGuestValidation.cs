using GuestSessions.Api.Ingest;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Validation;

/// <summary>Validates events of a new guest with the session core's own decisions, without a grain.</summary>
internal sealed class NewGuestValidation(IngestOptions limits, TimeProvider time)
{
    /// <returns>One result for each check, in the same order.</returns>
    public EventResult[] Validate(Tenant tenant, IReadOnlyList<EnvelopeCheck> checks)
    {
        var session = new GuestSession(limits.Limits);
        return [.. checks.Select(check => check.Envelope is { } envelope
            ? Decide(session, tenant, envelope, check.Warnings)
            : EventResult.Rejected(check.EventId, check.Errors, check.Warnings))];
    }

    private EventResult Decide(
        GuestSession session, Tenant tenant, Envelope envelope, IReadOnlyList<Violation> warnings)
    {
        var now = time.GetUtcNow();
        var eventId = envelope.EventId ?? Recorder.NewEventId(now);
        var decision = Decider.Record(session, new RecordEvent(
            "new", eventId, envelope.Hash, envelope.Event, envelope.OccurredAt, now, OrderFloor: null,
            Settle: TimeSpan.Zero, TraceParent: null, now)
        {
            Rules = tenant.Rules,
            IsTrial = true,
        });
        foreach (var @event in decision.Events)
            session.Apply(@event);
        var outcome = decision.Result;
        return EventResult.From(
            eventId,
            new RecordResult(
                outcome.Decision switch
                {
                    RecordDecision.Accepted => RecordStatus.Accepted,
                    RecordDecision.Duplicate => RecordStatus.Duplicate,
                    RecordDecision.Rejected => RecordStatus.Rejected,
                    _ => RecordStatus.Retry,
                },
                outcome.Sequence, outcome.Code, RetryAfter: null,
                outcome.Found),
            warnings);
    }
}
