using System.Text.Json;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Rules;

/// <summary>
/// The rules for <c>ext</c>, within one event and across all events of its type: an attribute keeps the type of its
/// first value. Called under the model's lock.
/// </summary>
internal sealed class ExtRules
{
    private const int MostAttributes = 50;

    // For all event types together; further attributes are not remembered.
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
                "ext_over_50", "/ext", $"The upstream accepts only {MostAttributes} attributes; got {count}.");
        foreach (var member in ext.EnumerateObject())
            Judge(judgement, member);
    }

    public void Clear() => _types.Clear();

    private void Judge(Judgement judgement, JsonProperty member)
    {
        var path = "/ext/" + member.Name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);
        if (member.Name.Length == 0 || !member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            judgement.Misread("ext_name", path, "Names must consist of letters and digits.");
        else if (member.Name.Contains('_', StringComparison.Ordinal))
            judgement.Remark(
                "ext_name", path, "Names must consist of letters and digits; the SDKs themselves use underscores.",
                Basis.Observed);

        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Object:
                judgement.Misread(
                    "ext_value", path, "Values must be strings, numbers or booleans; got an object.");
                break;
            case JsonValueKind.Array:
                judgement.Remark(
                    "ext_value", path, "Values must be strings, numbers or booleans; the SDKs send lists too.",
                    Basis.Observed);
                break;
            case JsonValueKind.Null:
                judgement.Remark("ext_value", path, "A null has no meaning.", Basis.Inferred);
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
            var detail = $"In {judgement.Type} it was {NameOf(first)} at first and is {NameOf(type)} now.";
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
