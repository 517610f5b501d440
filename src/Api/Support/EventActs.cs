using System.Diagnostics;
using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Support;

/// <summary>Acts of a person on one quarantined or in-doubt event.</summary>
internal sealed class EventActs(
    TenantCatalog tenants, LinkedActs guests, LinkedGuests reads, MissingGuests missing, IngestOptions limits)
{
    private const string Patch = "patch";
    public const string Outcome = "outcome";
    private const int Overhead = 4 * 1024;

    public async Task<IResult> RedriveAsync(string guest, string eventId, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context, Patch);
        return act is null ? refused! : await RedriveAsync(guest, eventId, Caller.Of(context), act);
    }

    /// <param name="act">May have the member <c>patch</c>.</param>
    public async Task<Answered<EventBody>> RedriveAsync(string guest, string eventId, Caller caller, ActRequest act) =>
        act.Members.TryGetValue(Patch, out var patch)
            ? await EditAsync(guest, eventId, caller, act, patch)
            : await DoAsync(guest, eventId, caller, act, static (grain, id, by) =>
                grain.RedriveAsync(new RedriveRequest(id, null, by)));

    private async Task<Answered<EventBody>> EditAsync(
        string guest, string eventId, Caller caller, ActRequest act, JsonElement patch)
    {
        if (EventEdit.Check(patch) is { } wrongPatch)
            return Refusals.Invalid([wrongPatch]);
        var tenant = tenants.Of(caller);
        if (!CallerIds.IsValid(guest) || !CallerIds.IsValid(eventId)
            || await reads.ReadEventAsync(tenant.Name, await reads.NameOfAsync(tenant.Name, guest), eventId) is not var (stored, _))
            return await missing.RefuseAsync(caller.Tenant, guest, eventId);
        var actions = EventActions.Of(stored.Summary.State);
        if (!actions.Contains("redrive"))
            return Refusals.WrongState(stored.Summary.State, actions);

        var edit = EventEdit.Of(stored, patch);
        var (edited, errors) = edit.Changes.Count == 0 ? (null, []) : Check(tenant, stored, edit);
        if (errors.Count > 0)
            return Refusals.Invalid([.. errors.Select(Masked)]);
        return await DoAsync(guest, eventId, caller, act, (grain, id, by) =>
            grain.RedriveAsync(new RedriveRequest(id, edited, by, edit.Base)), edit.MaskedChanges);
    }

    /// <summary>The edited event has names and values of the stored one, which the caller may not see.</summary>
    private static Violation Masked(Violation error) => error with
    {
        Path = TextMask.MaskPath(error.Path),
        Detail = TextMask.Mask(error.Detail),
    };

    /// <summary>Checks an edited event by the rules of its original path: the rules for SDKs stay those for SDKs.</summary>
    private static (StreamEvent? Edited, IReadOnlyList<Violation> Errors) Check(
        Tenant tenant, EventDetail stored, EventEdit edit)
    {
        if (!stored.FromPublicKey)
        {
            var check = tenant.Envelopes.Read(edit.Envelope);
            return (check.Envelope?.Event, check.Errors);
        }

        // The point of sale may follow from the site id in the query of the original call.
        var (read, fault) = tenant.SdkEvents.Read(edit.Event.Bytes, TopLevelText.Find(stored.Sent.Span, "pos"u8));
        return read is { Quarantine: null } sdk
            ? (sdk.Event, [])
            : (null, read?.Errors ?? [fault! with { Path = $"/event{fault!.Path}" }]);
    }

    public async Task<IResult> DiscardAsync(string guest, string eventId, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context);
        return act is null ? refused! : await DiscardAsync(guest, eventId, Caller.Of(context), act);
    }

    public Task<Answered<EventBody>> DiscardAsync(string guest, string eventId, Caller caller, ActRequest act) =>
        DoAsync(guest, eventId, caller, act, static (grain, id, by) => grain.DiscardAsync(id, by));

    public async Task<IResult> BlankAsync(string guest, string eventId, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context);
        return act is null ? refused! : await BlankAsync(guest, eventId, Caller.Of(context), act);
    }

    public Task<Answered<EventBody>> BlankAsync(string guest, string eventId, Caller caller, ActRequest act) =>
        DoAsync(guest, eventId, caller, act, static (grain, id, by) => grain.BlankAsync(id, by));

    public async Task<IResult> ResolveAsync(string guest, string eventId, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context, Outcome);
        return act is null ? refused! : await ResolveAsync(guest, eventId, Caller.Of(context), act);
    }

    /// <param name="act">Has the member <c>outcome</c>.</param>
    public async Task<Answered<EventBody>> ResolveAsync(string guest, string eventId, Caller caller, ActRequest act)
    {
        return TryOutcome(act, out var delivered, out var refused)
            ? await DoAsync(guest, eventId, caller, act, (grain, id, by) => grain.ResolveAsync(id, delivered, by))
            : refused!;
    }

    /// <summary>Reads what a person found out about an event in doubt.</summary>
    public static bool TryOutcome(ActRequest act, out bool delivered, out Refusal? refused)
    {
        bool? found = act.Members.TryGetValue(Outcome, out var outcome)
            && outcome.ValueKind == JsonValueKind.String
            ? outcome.GetString() switch { "delivered" => true, "not_delivered" => false, _ => null }
            : null;
        refused = found is null
            ? Refusals.Invalid([new Violation("invalid_outcome", $"/{Outcome}", "Expected delivered or not_delivered.")])
            : null;
        delivered = found is true;
        return refused is null;
    }

    private Task<(ActRequest? Act, Refusal? Refused)> ReadAsync(
        HttpContext context, params string[] members) => ActRequest.ReadAsync(
        context, limits.EventBytes + Overhead, limits.JsonDepth, needsReason: true, members);

    private async Task<Answered<EventBody>> DoAsync(
        string guest, string eventId, Caller caller, ActRequest act,
        Func<IGuestGrain, string, ActMessage, Task<ActAnswer>> call,
        IReadOnlyList<ChangeBody>? changes = null)
    {
        if (!CallerIds.IsValid(guest) || !CallerIds.IsValid(eventId))
            return await missing.RefuseAsync(caller.Tenant, guest, eventId);
        var by = caller.Act(act.Reason);
        var (answer, line) = await guests.DoAsync(
            tenants.Of(caller).Name, guest, eventId, grain => call(grain, eventId, by));
        return answer.Status switch
        {
            ActStatus.Done => JsonAnswer.Ok(
                Body(answer.Event!, line) with { Changes = changes }, ApiJson.Default.EventBody),
            ActStatus.NotFound => await missing.RefuseAsync(caller.Tenant, guest, eventId),
            ActStatus.WrongState => Refusals.WrongState(
                answer.Event!.Summary.State, EventActions.Of(answer.Event.Summary.State)),
            ActStatus.Changed => Refusals.EventChanged(),
            ActStatus.BacklogFull => Refusals.BacklogFull(),
            ActStatus.BrowserBusy => Refusals.BrowserBusy(),
            ActStatus.TooManyIdentifiers => Refusals.Invalid([new Violation(
                EventCodes.TooManyIdentifiers, "/event/identifiers", "The guest has the maximum of identifiers.")]),
            _ => throw new UnreachableException($"No answer for {answer.Status}."),
        };
    }

    private static EventBody Body(EventDetail detail, string? line)
    {
        var body = GuestBodies.From(detail) with { Line = line };
        return detail.Acts is [.., { SessionClosed: true }]
            ? body with
            {
                Warnings = [.. body.Warnings ?? [], new ErrorBody(
                    "", EventCodes.SessionClosed, WarningTexts.Of(EventCodes.SessionClosed))],
            }
            : body;
    }
}
