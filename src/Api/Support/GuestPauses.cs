using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Support;

/// <summary>Pauses and resumes the delivery of one guest, together with the browsers it was named for.</summary>
internal sealed class GuestPauses(TenantCatalog tenants, LinkedActs guests, MissingGuests missing, IngestOptions limits)
{
    private const int BodyBytes = 4 * 1024;

    public async Task<IResult> PauseAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context);
        return act is null ? refused! : await PauseAsync(guest, Caller.Of(context), act);
    }

    public async Task<Answered<GuestPauseBody>> PauseAsync(string guest, Caller caller, ActRequest act) =>
        CallerIds.IsValid(guest)
            && await guests.PauseAsync(tenants.Of(caller).Name, guest, caller.Act(act.Reason)) is var (name, pause)
            ? Answer(new GuestPauseBody(name, GuestBodies.From(pause.Pause)) { InFlight = pause.InFlight })
            : await missing.RefuseAsync(caller.Tenant, guest);

    public async Task<IResult> ResumeAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context);
        return act is null ? refused! : await ResumeAsync(guest, Caller.Of(context), act);
    }

    public async Task<Answered<GuestPauseBody>> ResumeAsync(string guest, Caller caller, ActRequest act) =>
        CallerIds.IsValid(guest)
            && await guests.ResumeAsync(tenants.Of(caller).Name, guest, caller.Act(act.Reason)) is { } name
            ? Answer(new GuestPauseBody(name, null))
            : await missing.RefuseAsync(caller.Tenant, guest);

    private Task<(ActRequest? Act, Refusal? Refused)> ReadAsync(HttpContext context) =>
        ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason: true);

    private static JsonAnswer<GuestPauseBody> Answer(GuestPauseBody body) =>
        JsonAnswer.Ok(body, ApiJson.Default.GuestPauseBody);
}
