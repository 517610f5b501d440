using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Support;

/// <summary>Stops one guest's delivery and lets it go on.</summary>
internal sealed class GuestPauses(TenantCatalog tenants, GuestGrains guests, IngestOptions limits)
{
    private const int BodyBytes = 4 * 1024;

    public async Task<IResult> PauseAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context, needsReason: true);
        if (act is null)
            return refused!;
        return Find(guest, context) is { } grain && await grain.PauseAsync(ToMessage(context, act)) is { } pause
            ? Answer(guest, GuestBodies.From(pause))
            : Refusals.GuestNotFound();
    }

    public async Task<IResult> ResumeAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ReadAsync(context, needsReason: false);
        if (act is null)
            return refused!;
        return Find(guest, context) is { } grain && await grain.ResumeAsync(ToMessage(context, act))
            ? Answer(guest, null)
            : Refusals.GuestNotFound();
    }

    private Task<(ActRequest? Act, Refusal? Refused)> ReadAsync(HttpContext context, bool needsReason) =>
        ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason);

    private IGuestSupportGrain? Find(string guest, HttpContext context) =>
        CallerIds.IsValid(guest) ? guests.Support(tenants.Of(context).Name, guest) : null;

    private static ActMessage ToMessage(HttpContext context, ActRequest act) =>
        new(CallerClaims.NameOf(context.User), act.Reason);

    private static JsonAnswer<GuestPauseBody> Answer(string guest, PauseBody? pause) =>
        JsonAnswer.Ok(new GuestPauseBody(guest, pause), ApiJson.Default.GuestPauseBody);
}
