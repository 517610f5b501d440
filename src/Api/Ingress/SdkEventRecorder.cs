using System.Diagnostics;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Passes an SDK's event to the guest that owns its browser.</summary>
internal sealed class SdkEventRecorder(
    LocalBrowsers browsers, IBrowserOwners owners, IssuedBrowsers issued, IngressLimits limits, VisitorAddresses visitors,
    TimeProvider time, IngressInstruments instruments)
{
    /// <summary>
    /// How many times an event follows its browser from guest to guest; the sum of the delays is some seconds.
    /// </summary>
    private const int MostMoves = 40;

    /// <summary>Moves without delay; a browser rarely has a third owner while its SDK sends.</summary>
    private const int PromptMoves = 4;

    /// <summary>Full jitter keeps requests that compete for a browser from retrying at the same time.</summary>
    private static readonly BackOff BetweenMoves =
        new(First: TimeSpan.FromMilliseconds(10), Longest: TimeSpan.FromMilliseconds(200), Jitter: 1);

    /// <summary>Maximum characters kept of a visitor's <c>User-Agent</c>; browsers send a quarter of that.</summary>
    private const int LongestUserAgent = 1024;

    /// <exception cref="SessionUnavailableException">It is unknown whether the event was recorded.</exception>
    public async Task<IResult> RecordAsync(IngressTenant tenant, SdkEvent sdk, HttpContext context)
    {
        var @event = Event(tenant, sdk, context);
        for (var moves = 0; moves < MostMoves; moves++)
        {
            // The event is recorded even if its caller no longer waits, because no SDK sends an event twice.
            if (moves >= PromptMoves)
                await Task.Delay(BetweenMoves.After(moves - PromptMoves + 1, Random.Shared.NextDouble()), time);

            // A guest that answers "moved" has not recorded the event. One that does not answer may have recorded it, so the
            // loop asks no other guest then.
            if (await TryRecordAsync(tenant, sdk, @event, context) is { } answer)
                return answer;
        }

        return await KeepAsync(tenant, sdk, @event);
    }

    /// <summary>
    /// Quarantines an event whose browser kept changing its owner, in the browser's own line, so that it can be redriven.
    /// Sending it from there could deliver it before events that an owner has not sent yet.
    /// </summary>
    private async Task<IResult> KeepAsync(IngressTenant tenant, SdkEvent sdk, EventToRecord @event)
    {
        var guest = BrowserGuests.Of(sdk.Event.BrowserId!);
        var result = await browsers.GrainOf(tenant.Name, guest).RecordFromBrowserAsync(new BrowserEvent(
            guest, @event, sdk.Quarantine ?? EventCodes.BrowserBusy, AdmitsNew: true, Recorder.TraceParent));
        if (result.Status == RecordStatus.Accepted)
            instruments.Quarantined(tenant.Name, sdk.Quarantine ?? EventCodes.BrowserBusy);
        return Answer(tenant, @event.EventId, result);
    }

    /// <summary>Null when the browser has moved to another guest, or is about to move.</summary>
    private async Task<IResult?> TryRecordAsync(
        IngressTenant tenant, SdkEvent sdk, EventToRecord @event, HttpContext context)
    {
        var guest = await owners.OwnerOfAsync(tenant.Name, sdk.Event.BrowserId!);
        if (guest.Length == 0)
            return Gone(tenant);
        var grain = browsers.GrainOf(tenant.Name, guest);
        var request = new BrowserEvent(guest, @event, sdk.Quarantine, AdmitsNew: false, Recorder.TraceParent)
        {
            Sender = visitors.SenderOf(context),
        };

        var result = await grain.RecordFromBrowserAsync(request);
        if (result.Code == BrowserEvent.FirstSeen)
        {
            if (!issued.Has(tenant.Name, sdk.Event.BrowserId!) && !limits.AdmitsStranger(context, tenant.Name))
            {
                instruments.Refused(tenant.Name, ProblemCodes.TooManyNewBrowsers);
                return IngressAnswers.TooMany(ProblemCodes.TooManyNewBrowsers);
            }

            request = request with { AdmitsNew = true };
            result = await grain.RecordFromBrowserAsync(request);
        }

        if (result.Code is BrowserEvent.Moved or EventCodes.BrowserBusy)
            return null;

        if (result.Code == EventCodes.GuestErased)
            return Gone(tenant);

        // The guest rejects the event. A caller that reads no answer cannot fix it, so it is quarantined.
        if (result is { Status: RecordStatus.Rejected, Code: { } code })
        {
            request = request with { Quarantine = code };
            result = await grain.RecordFromBrowserAsync(request);
        }

        if (request.Quarantine is { } reason && result.Status == RecordStatus.Accepted)
            instruments.Quarantined(tenant.Name, reason);
        return Answer(tenant, request.Event.EventId, result);
    }

    private EventToRecord Event(IngressTenant tenant, SdkEvent sdk, HttpContext context)
    {
        var eventId = Guid.CreateVersion7(time.GetUtcNow()).ToString("D");
        var @event = tenant.ForwardsVisitor
            ? sdk.Event with
            {
                UserAgent = VisitorAddresses.UserAgentOf(context) is { } agent ? CleanText.Cut(agent, LongestUserAgent) : null,
                Address = visitors.Of(context).ToString(),
            }
            : sdk.Event;
        return new EventToRecord(eventId, sdk.Hash, @event, sdk.OccurredAt);
    }

    private IResult Gone(IngressTenant tenant)
    {
        instruments.Refused(tenant.Name, EventCodes.GuestErased);
        return IngressAnswers.Gone();
    }

    private IResult Answer(IngressTenant tenant, string eventId, RecordResult result)
    {
        switch (result.Status)
        {
            case RecordStatus.Rejected when result.Code == EventCodes.GuestErased:
                return Gone(tenant);
            case RecordStatus.Accepted:
                return IngressAnswers.Created(IngressReceipt.Of(tenant, eventId));
            case RecordStatus.Retry:
                instruments.Refused(tenant.Name, result.Code!);
                return result.Code switch
                {
                    EventCodes.GuestBacklogFull or EventCodes.QuarantineFull => IngressAnswers.TooMany(result.Code),
                    EventCodes.Memory => IngressAnswers.MemoryScarce(),
                    _ => IngressAnswers.Unavailable(),
                };
            default:
                throw new UnreachableException($"An event with a new id cannot be {result.Status}.");
        }
    }
}
