using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Architecture.Tests.Reference;

/// <summary>Every setting, from the options and what is written over them.</summary>
internal static partial class SettingReference
{
    private const string Heading = "## Every setting";

    private static readonly Assembly[] Sections = [Repository.Core, Repository.ServiceDefaults];

    private static readonly Dictionary<string, XElement> Docs = Sections
        .SelectMany(static assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .Where(static member => member.Attribute("name")!.Value[2..].StartsWith("GuestSessions.", StringComparison.Ordinal))
        .ToDictionary(static member => member.Attribute("name")!.Value);

    /// <summary>The document with its introduction, which is written by hand, and the generated settings below it.</summary>
    public static string WriteBelowIntroduction(string document)
    {
        var end = document.IndexOf(Heading, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidOperationException($"The document has no heading '{Heading}'.")
            : document[..end] + Write();
    }

    public static string Write()
    {
        var text = new StringBuilder($$"""
            {{Heading}}

            Written from the code and checked by a test. Keys are below `Sessions:`; `{name}` is a name that you choose, and `{n}` counts
            from 0.

            """);
        foreach (var section in Options(typeof(ServiceOptions)))
        {
            text.AppendLine().AppendLine($"### {section.Name}").AppendLine();
            text.AppendLine("| Key | Meaning | Default | Allowed |").AppendLine("|---|---|---|---|");
            foreach (var line in Of(section, ""))
                text.AppendLine(line);
        }

        return text.ToString();
    }

    private static IEnumerable<PropertyInfo> Options(Type section) =>
        section.GetProperties().Where(static option => option.CanWrite);

    private static IEnumerable<string> Of(PropertyInfo option, string path)
    {
        var key = path + option.Name;
        var (type, suffix) = Item(Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType);
        if (IsSection(type))
            return Options(type).SelectMany(inner => Of(inner, $"{key}{suffix}:"));

        var (says, defaults) = Documented(option);
        return [$"| `{key}{suffix}` | {says} | {defaults} | {Allowed(option, type)} |"];
    }

    public static bool IsSection(Type type) => type.IsClass && Sections.Contains(type.Assembly);

    private static (Type Type, string Suffix) Item(Type type) =>
        typeof(IDictionary).IsAssignableFrom(type) ? (type.GetGenericArguments()[1], ":{name}")
        : typeof(IList).IsAssignableFrom(type) ? (type.GetGenericArguments()[0], ":{n}")
        : (type, "");

    /// <summary>What is written over an option, and its default.</summary>
    public static (string Says, string Default) Documented(PropertyInfo option)
    {
        if (!Docs.TryGetValue($"P:{option.DeclaringType!.FullName}.{option.Name}", out var member)
            || member.Element("summary") is not { } summary)
            return ("", "");
        var value = summary.Element("value") ?? member.Element("value");
        var says = string.Concat(summary.Nodes().Where(node => node != value).Select(Text));
        return (Line(says).TrimEnd('.'), value is null ? "" : Line(string.Concat(value.Nodes().Select(Text))));
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('(')[0].Split('.', ':')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static string Allowed(PropertyInfo option, Type type)
    {
        if (type.IsEnum)
            return string.Join(", ", Enum.GetNames(type).Select(static name => $"`{name}`"));
        return option.GetCustomAttribute<RangeAttribute>() is { } range
            ? $"{Figure(range.Minimum)} to {Figure(range.Maximum)}"
            : "";
    }

    private static string Figure(object bound) => bound is IFormattable number
        ? number.ToString("N0", CultureInfo.InvariantCulture)
        : $"{bound}";

    private static string Line(string text) => Blanks().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
