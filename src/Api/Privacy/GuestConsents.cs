using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Privacy;

/// <summary><c>PUT /v1/guests/{guest}/consent</c>: while consent is denied, events of the guest are dropped.</summary>
internal sealed class GuestConsents(GuestGrains grains, IngestOptions limits)
{
    public const string Consent = "consent";
    public const string Granted = "granted";
    public const string Denied = "denied";

    private const int BodyBytes = 4 * 1024;

    public async Task<IResult> PutAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason: false, Consent);
        return act is null ? refused! : await PutAsync(guest, Caller.Of(context), act);
    }

    public async Task<Answered<ConsentBody>> PutAsync(string guest, Caller caller, ActRequest act)
    {
        if (GuestInPath.Check(guest, limits) is { } wrongGuest)
            return wrongGuest;
        var word = act.Members.TryGetValue(Consent, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
        if (word is not (Granted or Denied))
            return Refusals.Invalid([new Violation("invalid_consent", $"/{Consent}", "Expected granted or denied.")]);
        var answer = await grains.For(caller.Tenant, guest).ChangeConsentAsync(guest, word == Denied, caller.Act(act.Reason));
        return answer.IsErased
            ? Refusals.GuestErased()
            : JsonAnswer.Ok(
                new ConsentBody(guest, answer.Denied is null ? Granted : Denied, answer.Denied?.At, answer.Dropped),
                ApiJson.Default.ConsentBody);
    }
}
