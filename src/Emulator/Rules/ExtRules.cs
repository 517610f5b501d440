using System.Text.Json;
using GuestSessions.Emulator.Verdicts;

namespace GuestSessions.Emulator.Rules;

/// <summary>
/// What holds for <c>ext</c>, within one event and over all events of its type: an attribute keeps the type
/// of value it first had. Called under the model's lock.
/// </summary>
internal sealed class ExtRules
{
    private const int MostAttributes = 50;

    // Of all event types together; beyond, nothing more is learnt.
    private const int MostRemembered = 50_000;

    private readonly Dictionary<(string Type, string Name), ValueType> _types = [];

    private enum ValueType
    {
        Text,
        Flag,
        Integer,
        Float,
    }

    public void Judge(Judgement judgement)
    {
        if (!judgement.Json.TryGetProperty("ext", out var ext))
            return;
        if (ext.ValueKind != JsonValueKind.Object)
        {
            judgement.Misread("ext_not_object", "/ext", $"Expected an object; got {Judgement.Show(ext)}.");
            return;
        }

        var count = ext.EnumerateObject().Count();
        if (count > MostAttributes)
            judgement.Misread(
                "ext_over_50", "/ext", $"Only {MostAttributes} attributes are taken; got {count}.");
        foreach (var member in ext.EnumerateObject())
            Judge(judgement, member);
    }

    public void Clear() => _types.Clear();

    private void Judge(Judgement judgement, JsonProperty member)
    {
        var path = "/ext/" + member.Name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);
        if (member.Name.Length == 0 || !member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            judgement.Misread("ext_name", path, "Names are letters and digits.");
        else if (member.Name.Contains('_', StringComparison.Ordinal))
            judgement.Remark(
                "ext_name", path, "Names are letters and digits; the SDKs themselves write underscores.",
                Basis.Observed);

        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Object:
                judgement.Misread(
                    "ext_value", path, "Values are texts, numbers and booleans; got an object.");
                break;
            case JsonValueKind.Array:
                judgement.Remark(
                    "ext_value", path, "Values are texts, numbers and booleans; the SDKs do send lists.",
                    Basis.Observed);
                break;
            case JsonValueKind.Null:
                judgement.Remark("ext_value", path, "A null tells nothing.", Basis.Inferred);
                break;
            default:
                JudgeType(judgement, member, path);
                break;
        }
    }

    private void JudgeType(Judgement judgement, JsonProperty member, string path)
    {
        var key = (judgement.Type, member.Name);
        var type = TypeOf(member.Value);
        if (!_types.TryGetValue(key, out var first))
        {
            if (_types.Count < MostRemembered)
                _types.Add(key, type);
        }
        else if (type != first)
        {
            var detail = $"In {judgement.Type} it was {NameOf(first)} first, and is {NameOf(type)} now.";
            if (IsNumber(type) && IsNumber(first))
                judgement.Remark("ext_type_conflict", path, detail, Basis.Inferred);
            else
                judgement.Misread("ext_type_conflict", path, detail);
        }
    }

    private static bool IsNumber(ValueType type) => type is ValueType.Integer or ValueType.Float;

    private static ValueType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ValueType.Text,
        JsonValueKind.Number => value.TryGetInt64(out _) ? ValueType.Integer : ValueType.Float,
        _ => ValueType.Flag,
    };

    private static string NameOf(ValueType type) => type switch
    {
        ValueType.Text => "a text",
        ValueType.Flag => "a boolean",
        ValueType.Integer => "an integer",
        _ => "a float",
    };
}
