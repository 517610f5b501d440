using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Reveal;

/// <summary>
/// <c>POST /v1/guests/{guest}/reveal</c>: answers with one value that a guest or an event shows masked. The value is in this
/// answer and nowhere else; the audit has its name.
/// </summary>
internal sealed class Reveals(
    GuestGrains grains, LinkedGuests guests, MissingGuests missing, IngestOptions limits, TimeProvider time)
{
    public const string EventId = "event_id";
    public const string Field = "field";
    public const string Shown = "shown";

    /// <summary>How long a page may show a value.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(5);

    private const int LongestField = 512;
    private const int BodyBytes = 16 * 1024;

    private static readonly Violation NoField = new(
        EventCodes.WrongType, $"/{Field}", $"Expected the JSON Pointer of a masked value, of 1 to {LongestField} characters.");

    private static readonly Violation UnknownField = new(
        "unknown_field", $"/{Field}",
        "There is no single value at this pointer. Expected the JSON Pointer of a masked value in the answer that shows it.");

    private static readonly Violation NotMasked = new(
        "not_masked", $"/{Field}", "The value is not masked: the guest or the event shows it as it is. Nothing was audited.");

    public async Task<IResult> RevealAsync(string guest, HttpContext context)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var (act, refused) = await ActRequest.ReadAsync(
            context, BodyBytes, limits.JsonDepth, needsReason: true, EventId, Field, Shown);
        return act is null ? refused! : await RevealAsync(guest, Caller.Of(context), act);
    }

    /// <param name="act">Has the members <c>field</c> and, for a value of an event, <c>event_id</c>.</param>
    public async Task<Answered<RevealedBody>> RevealAsync(string guest, Caller caller, ActRequest act)
    {
        if (Text(act, Field) is not { Length: > 0 and <= LongestField } field)
            return Refusals.Invalid([NoField]);
        var eventId = Text(act, EventId);
        if (eventId is null && act.Members.ContainsKey(EventId))
            return Refusals.Invalid([new Violation(EventCodes.WrongType, $"/{EventId}", "Expected an event id.")]);
        var shown = Text(act, Shown);

        // The audit comes first. Then the value is read again: the guest may have been erased since.
        var (name, _, refused) = await FindAsync(guest, eventId, field, shown, caller.Tenant);
        if (refused is not null)
            return refused;
        if (await grains.Reveals(caller.Tenant).AllowAsync(new RevealRequest(
            grains.KeyOf(caller.Tenant, name), eventId, TextMask.MaskPath(field), caller.Act(act.Reason))) is { } exhausted)
            return Refusals.RevealQuota(exhausted.Quota, exhausted.After);
        (name, var value, refused) = await FindAsync(guest, eventId, field, shown, caller.Tenant);
        return refused is not null
            ? refused
            : JsonAnswer.Ok(
                new RevealedBody(name, eventId, field, value, time.GetUtcNow() + ShownFor), ApiJson.Default.RevealedBody);
    }

    private async Task<(string Name, Utf8Json Value, Refusal? Refused)> FindAsync(
        string guest, string? eventId, string field, string? shown, string tenant)
    {
        var name = CallerIds.IsValid(guest) ? await guests.NameOfAsync(tenant, guest) : guest;
        var (masked, plain, refused) = !CallerIds.IsValid(guest) ? (default, default, Refusals.GuestNotFound(guest))
            : eventId is null ? await ReadGuestAsync(tenant, name)
            : await ReadEventAsync(tenant, name, eventId, field);
        if (refused is not null)
            return (name, default, refused);
        if (!MaskedFields.TryFind(masked, plain, field, out var before, out var value))
            return (name, default, Refusals.Invalid([UnknownField]));
        if (JsonElement.DeepEquals(before, value))
            return (name, default, Refusals.Invalid([NotMasked]));
        return shown is not null && before.ToString() != shown
            ? (name, default, Refusals.FieldChanged())
            : (name, Utf8Json.Parse(value.GetRawText()), null);
    }

    private async Task<(JsonElement Masked, JsonElement Plain, Refusal? Refused)> ReadGuestAsync(string tenant, string name)
    {
        if (await guests.ReadAsync(tenant, name) is not var (own, lines))
            return (default, default, await missing.RefuseAsync(tenant, name));
        var now = time.GetUtcNow();
        return (Json(LinkedBodies.From(own, lines, now)), Json(LinkedBodies.From(own, lines, now, Masks.Off)), null);

        static JsonElement Json(GuestBody body) => JsonSerializer.SerializeToElement(body, ApiJson.Default.GuestBody);
    }

    private async Task<(JsonElement Masked, JsonElement Plain, Refusal? Refused)> ReadEventAsync(
        string tenant, string name, string eventId, string field)
    {
        if (!CallerIds.IsValid(eventId) || await guests.ReadEventAsync(tenant, name, eventId) is not var (detail, _))
            return (default, default, await missing.RefuseAsync(tenant, name, eventId));
        return detail.Summary.Blanked && !field.StartsWith("/acts/", StringComparison.Ordinal)
            ? (default, default, Refusals.EventBlanked())
            : (Json(GuestBodies.From(detail)), Json(GuestBodies.From(detail, Masks.Off)), null);

        static JsonElement Json(EventBody body) => JsonSerializer.SerializeToElement(body, ApiJson.Default.EventBody);
    }

    private static string? Text(ActRequest act, string member) =>
        act.Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
