using System.Text.Json;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Rules;

/// <summary>Checks an event against the attributes of its type.</summary>
internal static class AttributeRules
{
    public static void Judge(Judgement judgement)
    {
        foreach (var attribute in EventAttributes.Common.Concat(EventAttributes.Of(judgement.Type)))
        {
            if (attribute.When is { } when && !when(judgement.Json))
                continue;
            foreach (var (pointer, value) in Places(judgement.Json, "", attribute.Path.Split('.'), 0))
                Judge(judgement, attribute, pointer, value);
        }
    }

    private static void Judge(
        Judgement judgement, EventAttribute attribute, string pointer, JsonElement? found)
    {
        if (found is not { ValueKind: not JsonValueKind.Null } value)
            Missing(judgement, attribute, pointer);
        else if (!HasShape(value, attribute.Shape))
            judgement.Misread(
                "attribute_type", pointer,
                $"Expected {NameOf(attribute.Shape)}; got {Judgement.Show(value)}.", attribute.Basis);
        else if (attribute.Shape == Shape.Text)
            JudgeText(judgement, attribute, pointer, value.GetString()!);
        else if (attribute is { Shape: Shape.List, Need: Need.Required } && value.GetArrayLength() == 0)
            Missing(judgement, attribute, pointer);
    }

    private static void JudgeText(
        Judgement judgement, EventAttribute attribute, string pointer, string text)
    {
        if (text.Length == 0)
            Missing(judgement, attribute, pointer);
        else if (attribute.Values is { } values && !values.Contains(text, StringComparer.Ordinal))
            judgement.Misread(
                values.Contains(text, StringComparer.OrdinalIgnoreCase) ? "letter_case" : "unknown_value",
                pointer, $"Expected one of {string.Join(", ", values)}; got \"{text}\".", attribute.Basis);
        else if (attribute.Format is { } format && !format.Holds(text))
            judgement.Misread(
                format.Holds(text.ToUpperInvariant()) ? "letter_case" : "format",
                pointer, $"Expected {format.Expected}; got \"{text}\".", attribute.Basis);
    }

    private static void Missing(Judgement judgement, EventAttribute attribute, string pointer)
    {
        if (attribute.Need == Need.Required)
            judgement.Misread("attribute_missing", pointer, "The vendor requires this attribute.", attribute.Basis);
        else if (attribute.Need == Need.Expected)
            judgement.Remark(
                "attribute_missing", pointer, "The vendor asks for this attribute, but accepts events without it.",
                attribute.Basis);
    }

    // Nothing is missing below an absent parent: the rule of the parent reports it.
    private static IEnumerable<(string Pointer, JsonElement? Value)> Places(
        JsonElement at, string pointer, string[] path, int depth)
    {
        if (at.ValueKind != JsonValueKind.Object)
            yield break;
        var isEach = path[depth].EndsWith("[]", StringComparison.Ordinal);
        var name = isEach ? path[depth][..^2] : path[depth];
        var here = $"{pointer}/{name}";
        var isLast = depth == path.Length - 1;
        if (!at.TryGetProperty(name, out var member))
        {
            if (isLast && !isEach)
                yield return (here, null);
            yield break;
        }

        IEnumerable<(string, JsonElement)> members = !isEach
            ? [(here, member)]
            : member.ValueKind == JsonValueKind.Array
                ? member.EnumerateArray().Select((item, index) => ($"{here}/{index}", item))
                : [];
        foreach (var (place, value) in members)
        {
            if (isLast)
            {
                yield return (place, value);
                continue;
            }

            foreach (var below in Places(value, place, path, depth + 1))
                yield return below;
        }
    }

    private static bool HasShape(JsonElement value, Shape shape) => shape switch
    {
        Shape.Text => value.ValueKind == JsonValueKind.String,
        Shape.Number => value.ValueKind == JsonValueKind.Number,
        Shape.WholeNumber => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        Shape.Members => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Array,
    };

    private static string NameOf(Shape shape) => shape switch
    {
        Shape.Text => "a text",
        Shape.Number => "a number",
        Shape.WholeNumber => "a whole number",
        Shape.Members => "an object",
        _ => "a list",
    };
}
