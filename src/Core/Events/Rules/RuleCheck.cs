using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>Checks the members of an object against its rules. Texts are checked as the UTF-8 that came.</summary>
internal sealed class RuleCheck(Violations found, DefaultedMembers defaulted, int extAttributes)
{
    public void Members(JsonElement parent, IReadOnlyList<AttributeRule> rules, string path)
        => Members(parent, rules, path, MemberNames.Of(rules));

    /// <param name="parent">The object.</param>
    /// <param name="rules">The rules of some of its members.</param>
    /// <param name="path">Its path.</param>
    /// <param name="names">The names of all members that it can have.</param>
    public void Members(JsonElement parent, IReadOnlyList<AttributeRule> rules, string path, MemberNames names)
    {
        // By index: the enumerator of an interface would be an object.
        for (var at = 0; at < rules.Count; at++)
        {
            var rule = rules[at];
            if (found.Full)
                return;
            if (rule.Shape is AttributeShape.Special or AttributeShape.Any)
                continue;
            if (rule.IsFamily)
                Family(parent, rule, path);
            else if (parent.TryGetProperty(rule.Utf8Name, out var value))
            {
                if (value.ValueKind == JsonValueKind.Null && (rule.Required || Holds(rule.RequiredWhen, parent)))
                    Null(rule, PlaceOf(rule, path));
                else
                    Value(value, rule, PlaceOf(rule, path));
            }
            else if (rule.Required || Holds(rule.RequiredWhen, parent))
                found.Missing(JsonPointer.To(path, rule.Name), rule.Expected, names.AdviceFor(rule.Name, parent));
            else if (Holds(rule.AdvisedWhen, parent))
                found.Warn(EventCodes.MissingAttribute, JsonPointer.To(path, rule.Name),
                    Violations.Absent(rule.Expected));
        }
    }

    // Nearly all rules are about attributes of the event itself.
    private static Place PlaceOf(AttributeRule rule, string path)
        => ReferenceEquals(path, EventReader.Path) ? rule.PointerInEvent : new Place(path, rule.Name);

    /// <summary>A null in the place of an attribute that has to be there.</summary>
    public void Null(AttributeRule rule, Place path) => found.Null(path.ToString(), rule.Expected, warnOnly: !rule.Enforced);

    /// <summary>Checks a text by its form and returns it as it is sent; null if it is rejected.</summary>
    /// <param name="value">Of any JSON type.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="path">Its place.</param>
    /// <param name="known">Texts that it probably has.</param>
    public string? Text(JsonElement value, AttributeRule rule, Place path, KnownTexts? known = null)
    {
        if (!Is(value, JsonValueKind.String, rule, path))
            return null;
        var text = known?.Find(value) ?? value.GetString()!;
        return rule.Form is not { } form || IsRight(form, value) ? text : Judge(text, rule, form, path);
    }

    public void Value(JsonElement value, AttributeRule rule, Place path)
    {
        switch (rule.Shape)
        {
            case AttributeShape.Text:
                if (Is(value, JsonValueKind.String, rule, path) && rule.Form is { } form && !IsRight(form, value))
                    Judge(value.GetString()!, rule, form, path);
                break;
            case AttributeShape.Number or AttributeShape.WholeNumber:
                if (Is(value, JsonValueKind.Number, rule, path))
                    Number(value, rule, path);
                break;
            case AttributeShape.Nested:
                if (Is(value, JsonValueKind.Object, rule, path))
                    Nested(value, rule, path);
                else
                    Below(value, rule, path);
                break;
            default:
                if (Is(value, JsonValueKind.Array, rule, path))
                    Items(value, rule, path);
                else
                    Below(value, rule, path);
                break;
        }
    }

    private void Number(JsonElement value, AttributeRule rule, Place path)
    {
        if (!IsUsable(value, rule.Shape))
            Report(rule, EventCodes.InvalidValue, path, $"Expected {rule.ShapeName}; got one of another form.");
        else if (rule.AtLeast is { } least && value.GetDouble() < least)
            found.Warn(EventCodes.DoubtfulValue, path.ToString(), $"Expected {least:0} or more; got a lower number.");
        else if (rule.MoreThan is { } bound && value.GetDouble() <= bound)
            found.Warn(EventCodes.DoubtfulValue, path.ToString(), $"Expected more than {bound:0}.");
    }

    private void Nested(JsonElement value, AttributeRule rule, Place place)
    {
        if (rule.Members.Count == 0)
            return;
        var path = place.ToString();
        var names = MemberNames.Of(rule.Members);
        Members(value, rule.Members, path, names);

        // The names in ext are the caller's own.
        if (rule.Name != "ext")
            names.Check(value, path, found);
    }

    /// <summary>Reports errors below a wrong shape too, so that the caller can fix all of them at once.</summary>
    private void Below(JsonElement value, AttributeRule rule, Place place)
    {
        var path = place.ToString();

        // Nothing of a text can be amended where it stands.
        var check = value.ValueKind == JsonValueKind.String
            ? new RuleCheck(found, new DefaultedMembers(path), extAttributes)
            : this;
        EnclosedObjects.Check(value, path, found, (item, at) => check.Item(item, rule, at));
    }

    private void Item(JsonElement item, AttributeRule rule, Place path)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return;
        if (rule.Shape == AttributeShape.Extensions)
            ScalarObjects.CheckExtension(item, path.ToString(), extAttributes, found);
        else
            Nested(item, rule, path);
    }

    private void Items(JsonElement list, AttributeRule rule, Place place)
    {
        var path = place.ToString();
        var count = list.GetArrayLength();
        if (count == 0 && rule.Required)
            found.Error(EventCodes.EmptyArray, path, $"Expected {rule.ShapeName} with at least one item.");
        if (count > rule.ItemsKept)
            found.Warn(EventCodes.TooManyItems, path, $"The upstream keeps {rule.ItemsKept} items; got {count}.");
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (found.Full)
                return;
            var at = new Place(path, index++);
            if (rule.Shape == AttributeShape.TextList)
                Is(item, JsonValueKind.String, rule, at);
            else if (Is(item, JsonValueKind.Object, rule, at))
                Item(item, rule, at);
        }
    }

    private void Family(JsonElement parent, AttributeRule rule, string path)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).StartsWith(rule.Utf8Name))
                Value(member.Value, rule, new Place(path, member.Name));
        }
    }

    /// <summary>
    /// A text of another form: trimmed, then corrected, kept with a warning, or rejected. Null if it is not to be used.
    /// </summary>
    private string? Judge(string text, AttributeRule rule, TextForm form, Place place)
    {
        var path = place.ToString();
        var trimmed = form.Trimmed(text);
        if (trimmed.Length > form.Longest)
        {
            found.Fatal(EventCodes.NameTooLong, path, $"Expected at most {form.Longest} characters; got {trimmed.Length}.");
            return null;
        }

        if (form.Corrected(text) is { } corrected)
            return Send(corrected, corrected == trimmed ? form.DescribeTrim(trimmed) : form.DescribeFix(text, corrected), path);
        if (trimmed == text && form.IsMatch(text))
            return text;
        if (form.Advised && (trimmed.Length > 0 || form.AcceptsEmpty))
        {
            found.Warn(EventCodes.DoubtfulValue, path, form.Say(text));
        }
        else
        {
            Report(rule, form.Code, path, form.Say(text));
            if (!found.IsLenient && rule.Enforced)
                return null;
        }

        return trimmed.Length == 0 || trimmed == text ? text : Send(trimmed, form.DescribeTrim(trimmed), path);
    }

    private string Send(string value, string detail, string path)
    {
        defaulted.Amend(path, value);
        found.Warn(EventCodes.Normalised, path, detail);
        return value;
    }

    private bool Is(JsonElement value, JsonValueKind kind, AttributeRule rule, Place path)
    {
        if (value.ValueKind == kind)
            return true;
        // A time as a number is no valid time in quotes either.
        var form = kind == JsonValueKind.String ? rule.Form : null;
        var advice = form is null || value.ValueKind == JsonValueKind.Null || form.IsMatch(value.GetRawText())
            ? JsonShapes.Advice(value, kind, rule.Example)
            : "";
        Report(rule, EventCodes.WrongType, path, $"Expected {form?.Expected ?? JsonShapes.Name(kind)}; "
            + $"got {JsonShapes.Name(value.ValueKind)}.{advice}");
        return false;
    }

    private void Report(AttributeRule rule, string code, Place path, string detail)
        => found.Note(!rule.Enforced, code, path.ToString(), detail);

    private static bool IsRight(TextForm form, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (raw.Contains((byte)'\\'))
            raw = Encoding.UTF8.GetBytes(value.GetString()!);

        // Bytes are never fewer than characters.
        return raw.Length <= form.Longest && form.Accepts(raw) && (!form.IsCode || CleanText.IsClean(raw));
    }

    private static bool Holds(Condition? condition, JsonElement parent)
        => condition is not null
            && parent.TryGetProperty(condition.Utf8Name, out var value)
            && value.ValueKind == JsonValueKind.String
            && (value.ValueEquals(condition.Value)
                || string.Equals(value.GetString(), condition.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsUsable(JsonElement number, AttributeShape shape)
        => shape == AttributeShape.WholeNumber
            ? number.TryGetInt64(out _) || (number.TryGetDecimal(out var whole) && decimal.IsInteger(whole))
            : NumberRange.Holds(JsonMarshal.GetRawUtf8Value(number));
}
