using System.Globalization;
using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Client.Tests.Events;

/// <summary>Writes the client's event classes from the service's rules.</summary>
internal static class EventClassWriter
{
    private const string Context = "EventJson";

    /// <summary>The class of the objects at a path; a class is written where it occurs first.</summary>
    private static readonly Dictionary<string, string> ClassOf = new()
    {
        ["IDENTITY/identifiers"] = "IdentityIdentifier",
        ["ADD/product"] = "CartProduct",
        ["ADD_CONTACTS/contact"] = "Contact",
        ["ADD_CONSUMERS/consumer"] = "Consumer",
        ["CONFIRM/product"] = "ConfirmedProduct",
        ["ORDER_CHECKOUT/order"] = "Order",
        ["ORDER_CHECKOUT/order/orderItems"] = "OrderItem",
    };

    /// <summary>Each file by its name.</summary>
    public static IReadOnlyDictionary<string, string> WriteAll()
    {
        var files = EventTypes.Standard.Order(StringComparer.Ordinal)
            .ToDictionary(static type => $"{NameOf(type)}Event.cs", static type => Event(type));
        files["GuestProfile.cs"] = File(Profile());
        files["EventJson.cs"] = Json(files.Keys.Select(static file => Path.GetFileNameWithoutExtension(file)));
        return files;
    }

    /// <summary><c>postal_code</c> and <c>postalCode</c> are both PostalCode.</summary>
    public static string NameOf(string wireName) => string.Concat(
        wireName.Split('_').Select(static part => part.All(char.IsUpper)
            ? part[..1] + part[1..].ToLowerInvariant()
            : char.ToUpperInvariant(part[0]) + part[1..]));

    private static string Event(string type)
    {
        var name = $"{NameOf(type)}Event";
        var text = new StringBuilder();
        var rules = TypeRules.Of(type);
        text.AppendLine(CultureInfo.InvariantCulture, $"/// <summary>An event of the type <c>{type}</c>.</summary>");
        if (rules.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"/// <remarks>Source: {Escape(Source.Addresses[rules[0].Source])}.</remarks>");
        var inExt = rules.Where(static rule => rule.Name == "ext").SelectMany(static rule => rule.Members).ToList();
        var required = inExt.FindAll(static member => member.Required);
        text.AppendLine(CultureInfo.InvariantCulture,
            $"public sealed class {name}{(required.Count == 0 ? "()" : "")} : GuestEvent{(required.Count == 0 ? $"(\"{type}\")" : "")}")
            .AppendLine("{");
        if (required.Count > 0)
            Constructor(text, name, type, required);
        foreach (var rule in rules)
        {
            if (rule.Name == "ext")
                inExt.ForEach(member => ExtMember(text, member));
            else
                Member(text, rule, type);
        }

        text.AppendLine("    internal override void WriteTo(Utf8JsonWriter writer) =>")
            .AppendLine(CultureInfo.InvariantCulture, $"        JsonSerializer.Serialize(writer, this, {Context}.Default.{name});")
            .AppendLine("}");
        foreach (var rule in rules.Where(static rule => rule.Members.Count > 0 && rule.Name != "ext"))
            Nested(text, rule, type);
        return File(text.ToString());
    }

    private static string Profile()
    {
        var text = new StringBuilder("""
            /// <summary>Personal attributes of a guest, as an IDENTITY event has them.</summary>
            public sealed class GuestProfile
            {

            """);
        foreach (var rule in TypeRules.Person)
            Member(text, rule, EventTypes.Identity);
        return Closed(text).ToString();
    }

    private static void Nested(StringBuilder text, AttributeRule rule, string path)
    {
        path = $"{path}/{rule.Name}";
        var one = rule.Shape == AttributeShape.Nested ? "The value of" : "An item of";
        text.AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"/// <summary>{one} <c>{rule.Name}</c>.</summary>")
            .AppendLine(CultureInfo.InvariantCulture, $"public sealed class {ClassOf[path]}")
            .AppendLine("{");
        foreach (var member in rule.Members)
            Member(text, member, path);
        Closed(text);
        foreach (var member in rule.Members.Where(static member => member.Members.Count > 0))
            Nested(text, member, path);
    }

    private static StringBuilder Closed(StringBuilder text)
    {
        text.Length -= Environment.NewLine.Length; // No blank line before the end.
        return text.AppendLine("}");
    }

    private static void Member(StringBuilder text, AttributeRule rule, string path)
    {
        if (rule.Name == "*")
        {
            text.AppendLine("""
                    /// <summary>Any other attributes.</summary>
                    [JsonIgnore]
                    public JsonObject More { get; } = [];

                    /// <summary><see cref="More"/> as it is written.</summary>
                    [JsonInclude, JsonExtensionData]
                    internal IDictionary<string, JsonElement>? WrittenMore => FurtherMembers.Of(More);

                """);
            return;
        }

        var moment = IsMoment(rule);
        text.AppendLine(CultureInfo.InvariantCulture, $"    /// <summary>{Says(rule)}</summary>")
            .AppendLine(CultureInfo.InvariantCulture,
                $"    [JsonPropertyName(\"{rule.Name}\"){(moment ? ", JsonConverter(typeof(MomentConverter))" : "")}]")
            .AppendLine(CultureInfo.InvariantCulture,
                $"    public {(rule.Required ? "required " : "")}{ClrType(rule, path)}{(rule.Required ? "" : "?")} {NameOf(rule.Name)} {{ get; set; }}")
            .AppendLine();
    }

    /// <summary>The serializer takes no required member that it does not write itself, as those in <c>ext</c>.</summary>
    private static void Constructor(StringBuilder text, string name, string type, List<AttributeRule> required)
    {
        text.AppendLine("    /// <summary>Takes what every such event has.</summary>");
        foreach (var member in required)
            text.AppendLine(CultureInfo.InvariantCulture, $"    /// <param name=\"{member.Name}\">{Says(member)}</param>");
        text.AppendLine(CultureInfo.InvariantCulture,
                $"    public {name}({string.Join(", ", required.Select(static member => $"string {member.Name}"))}) : base(\"{type}\")")
            .AppendLine("    {");
        foreach (var member in required)
            text.AppendLine(CultureInfo.InvariantCulture, $"        {NameOf(member.Name)} = {member.Name};");
        text.AppendLine("    }").AppendLine();
    }

    private static void ExtMember(StringBuilder text, AttributeRule rule) => text
        .AppendLine(CultureInfo.InvariantCulture, $"    /// <summary><c>ext.{rule.Name}</c>: {Says(rule)}</summary>")
        .AppendLine("    [JsonIgnore]")
        .AppendLine(CultureInfo.InvariantCulture, $"    public string{(rule.Required ? "" : "?")} {NameOf(rule.Name)}")
        .AppendLine("    {")
        .AppendLine(CultureInfo.InvariantCulture, $"        get => (string?)Ext[\"{rule.Name}\"]{(rule.Required ? " ?? \"\"" : "")};")
        .AppendLine(CultureInfo.InvariantCulture, $"        set => Ext[\"{rule.Name}\"] = value;")
        .AppendLine("    }")
        .AppendLine();

    /// <summary>A point in time, and not a local one.</summary>
    private static bool IsMoment(AttributeRule rule) =>
        rule.Form is { } form && form.IsMatch("2026-11-23T10:15:30.000Z") && !form.IsMatch("2026");

    private static string ClrType(AttributeRule rule, string path) => rule.Shape switch
    {
        AttributeShape.Text when IsMoment(rule) => "DateTimeOffset",
        AttributeShape.Text => "string",
        AttributeShape.Number => "decimal",
        AttributeShape.WholeNumber => "long",
        AttributeShape.TextList => "IList<string>",
        AttributeShape.Nested => ClassOf[$"{path}/{rule.Name}"],
        AttributeShape.NestedList or AttributeShape.Special when rule.Members.Count > 0 => $"IList<{ClassOf[$"{path}/{rule.Name}"]}>",
        AttributeShape.NestedList or AttributeShape.Extensions => "JsonArray",
        _ => throw new InvalidOperationException($"{path}/{rule.Name} has a shape without a type."),
    };

    private static string Says(AttributeRule rule)
    {
        var expected = rule.Shape is AttributeShape.Special ? "an array of objects" : rule.Expected;
        var says = $"{char.ToUpperInvariant(expected[0])}{expected[1..]}.";
        if (rule.RequiredWhen is { } required)
            says += $" Required if {required.Attribute} is {required.Value}.";
        if (rule.AdvisedWhen is { } advised)
            says += $" Advised if {advised.Attribute} is {advised.Value}.";
        if (rule.ItemsKept is { } kept)
            says += $" The upstream keeps the first {kept}.";
        return Escape(rule.Enforced ? says : $"{says} The spelling is unverified.");
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Json(IEnumerable<string> classes) => File(
        "[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]\n"
        + string.Concat(classes.Append("CustomEvent").Order(StringComparer.Ordinal)
            .Select(static name => $"[JsonSerializable(typeof({name}))]\n"))
        + $"internal sealed partial class {Context} : JsonSerializerContext;\n");

    private static string File(string types)
    {
        var usings = ((string[])["Nodes", "Serialization"])
            .Where(space => types.Contains(space == "Nodes" ? "JsonObject " : "[Json", StringComparison.Ordinal)
                || (space == "Nodes" && types.Contains("JsonArray", StringComparison.Ordinal)))
            .Select(static space => $"using System.Text.Json.{space};\n");
        var json = types.Contains("JsonSerializer.", StringComparison.Ordinal) ? "using System.Text.Json;\n" : "";
        return $"// Written from the service's rules by EventClassTests. Do not edit.\n{json}{string.Concat(usings)}\n"
            + $"namespace GuestSessions.Client;\n\n{types.ReplaceLineEndings("\n")}";
    }
}
