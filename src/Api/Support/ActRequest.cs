using System.Text.Json;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Api.Support;

/// <summary>The body of a person's act: a reason, and the act's other members.</summary>
/// <param name="Members">The other members of the body, as received.</param>
internal sealed record ActRequest(string? Reason, IReadOnlyDictionary<string, JsonElement> Members)
{
    private const int LongestReason = 500;

    /// <summary>Every act needs a reason.</summary>
    public static readonly Violation MissingReason = new("missing_reason", "/reason", "Expected a reason for the audit.");

    private static readonly Violation ExpectedObject = new(EventCodes.WrongType, "", "Expected an object.");

    private static readonly ActRequest Empty = new(null, new Dictionary<string, JsonElement>());

    /// <summary>Reads the body; exactly one of the two results is null.</summary>
    /// <param name="needsReason">False if the body itself can make a reason unnecessary, as a dry run does.</param>
    /// <param name="members">The allowed members besides the reason.</param>
    public static async Task<(ActRequest? Act, Refusal? Refused)> ReadAsync(
        HttpContext context, int limit, int depth, bool needsReason, params string[] members)
    {
        if (!HasBody(context))
            return (null, Refusals.Invalid([needsReason ? MissingReason : ExpectedObject]));
        if (RequestBody.CheckType(context.Request, JsonAnswer.ContentType) is { } wrongType)
            return (null, wrongType);

        var (body, refused) = await RequestBody.ReadAsync(context.Request, limit);
        using (body)
            return refused is null ? Read(body.Bytes, depth, needsReason, members) : (null, refused);
    }

    /// <summary>An act of a person in the console; exactly one of the two results is null.</summary>
    /// <param name="members">The other members; those without a value are left out.</param>
    public static (ActRequest? Act, Refusal? Refused) Of(
        string? reason, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        if (reason is not { Length: > 0 })
            return (null, Refusals.Invalid([MissingReason]));
        var errors = new List<Violation>();
        var text = Text(JsonSerializer.SerializeToElement(reason, ApiJson.Default.String), errors);
        var others = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in members)
        {
            if (!string.IsNullOrEmpty(value))
                others.Add(name, JsonSerializer.SerializeToElement(value, ApiJson.Default.String));
        }

        return errors.Count == 0 ? (new ActRequest(text, others), null) : (null, Refusals.Invalid(errors));
    }

    /// <summary>Reads a filter by text; null if the member is absent, false if it is not a valid text.</summary>
    public bool TryText(string member, out string? text, out Refusal? refused)
    {
        text = Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        refused = !Members.ContainsKey(member)
            || (text is { Length: <= QueryParameters.LongestText } && !CleanText.IsInvisible(text))
            ? null
            : Refusals.Invalid([new Violation(
                EventCodes.WrongType, $"/{member}", $"Expected a string of 1 to {QueryParameters.LongestText} characters.")]);
        return refused is null;
    }

    /// <summary>A filter by the type of events, read as ingest reads it.</summary>
    public bool TryType(string member, out string? type, out Refusal? refused)
    {
        var isRead = TryText(member, out var text, out refused);
        type = isRead && text is not null ? EventTypes.Read(text) : null;
        return isRead;
    }

    /// <summary>Reads a filter by one of a few names; false if the member is none of them.</summary>
    public bool TryName(string member, IReadOnlyCollection<string> names, out string? name, out Refusal? refused)
    {
        if (!TryText(member, out name, out refused) || name is null || names.Contains(name))
            return refused is null;
        refused = Refusals.Invalid([new Violation(
            "unknown_value", $"/{member}", $"Expected one of {string.Join(", ", names.Order(StringComparer.Ordinal))}.")]);
        return false;
    }

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false
        && context.Request.ContentLength != 0;

    private static (ActRequest? Act, Refusal? Refused) Read(
        ReadOnlyMemory<byte> bytes, int depth, bool needsReason, string[] members)
    {
        var (document, fault) = StrictJson.Parse(bytes, depth);
        if (document is null)
            return (null, fault!.Code == EventCodes.MalformedJson
                ? Refusals.MalformedJson(fault.Detail)
                : Refusals.Invalid([fault]));

        using (document)
        {
            var errors = new List<Violation>();
            var act = Read(document.RootElement, needsReason, members, errors);
            return errors.Count == 0 ? (act, null) : (null, Refusals.Invalid(errors));
        }
    }

    private static ActRequest Read(
        JsonElement root, bool needsReason, string[] members, List<Violation> errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add(ExpectedObject);
            return Empty;
        }

        string? reason = null;
        string[] names = ["reason", .. members];
        var others = new Dictionary<string, JsonElement>();
        foreach (var member in root.EnumerateObject())
        {
            var isReason = member.NameEquals("reason"u8);
            if (member.Value.ValueKind == JsonValueKind.Null && (isReason || members.Contains(member.Name)))
                continue; // An explicit null means absent.
            if (isReason)
                reason = Text(member.Value, errors);
            else if (members.Contains(member.Name))
                others.Add(member.Name, member.Value.Clone());
            else
                errors.Add(new Violation(EventCodes.UnknownMember, JsonPointer.To("", member.Name),
                    $"Expected only {string.Join(", ", names)}.{Spelling.Advice(Spelling.Nearest(member.Name, names))}"));
        }

        if (needsReason && reason is null && errors.Count == 0)
            errors.Add(MissingReason);
        return new ActRequest(reason, others);
    }

    private static string? Text(JsonElement value, List<Violation> errors)
    {
        if (value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: <= LongestReason } text && !CleanText.IsInvisible(text))
            return text;
        errors.Add(new Violation(
            EventCodes.WrongType, "/reason", $"Expected a reason of 1 to {LongestReason} visible characters."));
        return null;
    }
}
