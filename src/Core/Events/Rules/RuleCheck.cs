using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>Holds the members of an object against its rules. Texts are looked at as the UTF-8 they came in.</summary>
internal sealed class RuleCheck(Violations found, DefaultedMembers defaulted, int extAttributes)
{
    public void Members(JsonElement parent, IReadOnlyList<AttributeRule> rules, string path)
    {
        foreach (var rule in rules)
        {
            if (found.Full)
                return;
            if (rule.Shape is AttributeShape.Special or AttributeShape.Any)
                continue;
            if (rule.IsFamily)
                Family(parent, rule, path);
            else if (parent.TryGetProperty(rule.Utf8Name, out var value))
                Value(value, rule, JsonPointer.To(path, rule.Name));
            else if (rule.Required || Holds(rule.RequiredWhen, parent))
                found.Missing(JsonPointer.To(path, rule.Name), rule.Expected);
            else if (Holds(rule.AdvisedWhen, parent))
                found.Warn("missing_attribute", JsonPointer.To(path, rule.Name),
                    $"Expected {rule.Expected}; it is absent.");
        }
    }

    /// <summary>A text by its form, as it is sent; null when it is refused.</summary>
    public string? Text(JsonElement value, AttributeRule rule, string path)
    {
        if (!Is(value, JsonValueKind.String, rule, path))
            return null;
        var text = value.GetString()!;
        return rule.Form is not { } form || Accepts(form, value) ? text : Judge(text, rule, form, path);
    }

    private void Value(JsonElement value, AttributeRule rule, string path)
    {
        switch (rule.Shape)
        {
            case AttributeShape.Text:
                if (Is(value, JsonValueKind.String, rule, path) && rule.Form is { } form && !Accepts(form, value))
                    Judge(value.GetString()!, rule, form, path);
                break;
            case AttributeShape.Number or AttributeShape.WholeNumber:
                if (Is(value, JsonValueKind.Number, rule, path) && !IsUsable(value, rule.Shape))
                    Doubt(rule, TextForms.InvalidValue, path, $"Expected {rule.ShapeName}; got one of another form.");
                break;
            case AttributeShape.Nested:
                if (Is(value, JsonValueKind.Object, rule, path))
                    Members(value, rule.Members, path);
                break;
            default:
                if (Is(value, JsonValueKind.Array, rule, path))
                    Items(value, rule, path);
                break;
        }
    }

    private void Items(JsonElement list, AttributeRule rule, string path)
    {
        var count = list.GetArrayLength();
        if (count == 0 && rule.Required)
            found.Error("empty_array", path, $"Expected {rule.ShapeName} with at least one item.");
        if (count > rule.ItemsKept)
            found.Warn("too_many_items", path, $"The upstream keeps {rule.ItemsKept} items; got {count}.");
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (found.Full)
                return;
            var at = JsonPointer.To(path, index++);
            if (rule.Shape == AttributeShape.TextList)
                Is(item, JsonValueKind.String, rule, at);
            else if (!Is(item, JsonValueKind.Object, rule, at))
                continue;
            else if (rule.Shape == AttributeShape.Extensions)
                ScalarObjects.CheckExtension(item, at, extAttributes, found);
            else
                Members(item, rule.Members, at);
        }
    }

    private void Family(JsonElement parent, AttributeRule rule, string path)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).StartsWith(rule.Utf8Name))
                Value(member.Value, rule, JsonPointer.To(path, member.Name));
        }
    }

    /// <summary>A text of another form: mended, doubted or refused.</summary>
    private string? Judge(string text, AttributeRule rule, TextForm form, string path)
    {
        if (form.Mended(text) is { } mended)
        {
            defaulted.Amend(path, mended);
            found.Warn("normalised", path, form.SayMended(text, mended));
            return mended;
        }

        if (form.Advised && text.Length > 0)
            found.Warn("doubtful_value", path, form.Say(text));
        else
            Doubt(rule, form.Code, path, form.Say(text));
        return null;
    }

    private bool Is(JsonElement value, JsonValueKind kind, AttributeRule rule, string path)
    {
        if (value.ValueKind == kind)
            return true;
        Doubt(rule, "wrong_type", path, $"Expected {JsonShapes.Name(kind)}; got {JsonShapes.Name(value.ValueKind)}.");
        return false;
    }

    private void Doubt(AttributeRule rule, string code, string path, string detail)
    {
        if (rule.Firm)
            found.Error(code, path, detail);
        else
            found.Warn(code, path, detail);
    }

    private static bool Accepts(TextForm form, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return form.Accepts(raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(value.GetString()!) : raw);
    }

    private static bool Holds(Condition? condition, JsonElement parent)
        => condition is not null
            && parent.TryGetProperty(condition.Utf8Name, out var value)
            && value.ValueKind == JsonValueKind.String
            && string.Equals(value.GetString(), condition.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsUsable(JsonElement number, AttributeShape shape)
        => shape == AttributeShape.WholeNumber
            ? number.TryGetInt64(out _) || (number.TryGetDecimal(out var whole) && decimal.IsInteger(whole))
            : number.TryGetDouble(out var value) && double.IsFinite(value);
}
