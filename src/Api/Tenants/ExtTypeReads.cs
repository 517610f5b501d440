using System.Globalization;
using System.Text.Json.Serialization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Tenants;

/// <summary>Lets an administrator read and reset the types of <c>ext</c> attributes seen in backends' events.</summary>
internal sealed class ExtTypeReads(
    TenantCatalog tenants, ExtTypeAgreement agreement, GuestGrains guests, IngestOptions limits)
{
    private const int BodyBytes = 4 * 1024;
    private const string Type = "type";
    private const string Name = "name";

    public async Task<IResult> GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!query.TryType(out var type, out var refused) || !query.TryLimit(out var limit, out refused))
            return refused!;
        var start = 0;
        if (query.One("after") is { } after
            && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusals.InvalidParameter("after", "Expected the next of the previous page.");

        var all = (await guests.ExtTypes(tenants.Of(context).Name).ReadAsync()).Types
            .Where(known => type is null || known.Attribute.EventType == type).ToList();
        return JsonAnswer.Ok(
            new ItemList<ExtTypeBody>(
                [
                    .. all.Skip(start).Take(limit).Select(static known => new ExtTypeBody(
                        TextMask.Mask(known.Attribute.EventType), TextMask.Mask(known.Attribute.Name),
                        NameOf(known.Attribute.Type), known.Since)),
                ],
                start + limit < all.Count ? (start + limit).ToString(CultureInfo.InvariantCulture) : null),
            ApiJson.Default.ItemListExtTypeBody);
    }

    public async Task<IResult> ResetAsync(HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(
            context, BodyBytes, limits.JsonDepth, needsReason: true, Type, Name);
        if (act is null)
            return refused!;
        if (!act.TryType(Type, out var type, out refused) || !act.TryText(Name, out var name, out refused))
            return refused!;
        var forgotten = await agreement.ResetAsync(
            tenants.Of(context).Name, type, name, Caller.Of(context).Act(act.Reason));
        return JsonAnswer.Ok(new ExtTypesResetAnswer(forgotten), ApiJson.Default.ExtTypesResetAnswer);
    }

    private static string NameOf(ExtType type) => type switch
    {
        ExtType.Text => "string",
        ExtType.Number => "number",
        ExtType.Boolean => "boolean",
        _ => "array",
    };
}

/// <summary>An attribute of an event type.</summary>
/// <param name="Type">The event type.</param>
/// <param name="ValueType"><c>string</c>, <c>number</c>, <c>boolean</c> or <c>array</c>.</param>
/// <param name="Since">When the type was first seen.</param>
public sealed record ExtTypeBody(string Type, string Name, string ValueType, DateTimeOffset Since);

/// <summary>Which attributes to forget, and why.</summary>
public sealed record ExtTypesResetBody
{
    /// <summary>1 to 500 characters, kept in the audit.</summary>
    public required string Reason { get; init; }

    /// <summary>Only attributes of this event type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Only attributes of this name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }
}

/// <param name="Forgotten">Number of forgotten attributes; the next type seen becomes the expected one.</param>
public sealed record ExtTypesResetAnswer(int Forgotten);
