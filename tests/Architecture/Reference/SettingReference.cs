using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GuestSessions.Core.Options;

namespace GuestSessions.Architecture.Tests.Reference;

/// <summary>Every setting, from the options and what is written over them.</summary>
internal static partial class SettingReference
{
    private static readonly Dictionary<string, XElement> Docs = XDocument
        .Load(Path.ChangeExtension(Repository.Core.Location, ".xml")).Descendants("member")
        .ToDictionary(static member => member.Attribute("name")!.Value);

    public static string Write()
    {
        var text = new StringBuilder("""
            # Every setting

            Below `Sessions:` in `appsettings.json`, the environment (`Sessions__Storage__Provider`) or the command line
            (`--Sessions:Storage:Provider`); the last of these wins. Durations are `hh:mm:ss` or `d.hh:mm:ss`. `{name}` is a name of
            yours, `{n}` counts from 0. All is checked at start, and every mistake is named by its key. A key that is probably
            misspelled stops the start; any other key that no option has is named in a warning.

            | Key | Means | Default | Allowed |
            |---|---|---|---|

            """);
        foreach (var line in Of(typeof(SessionsOptions), ""))
            text.AppendLine(line);
        return text.ToString();
    }

    private static IEnumerable<string> Of(Type section, string path)
    {
        foreach (var option in section.GetProperties().Where(static option => option.CanWrite))
        {
            var key = path + option.Name;
            var (type, suffix) = Item(Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType);
            if (type.IsClass && type.Assembly == Repository.Core)
            {
                foreach (var line in Of(type, $"{key}{suffix}:"))
                    yield return line;
                continue;
            }

            var (says, defaults) = Documented(option);
            yield return $"| `{key}{suffix}` | {says} | {defaults} | {Allowed(option, type)} |";
        }
    }

    private static (Type Type, string Suffix) Item(Type type) =>
        typeof(IDictionary).IsAssignableFrom(type) ? (type.GetGenericArguments()[1], ":{name}")
        : typeof(IList).IsAssignableFrom(type) ? (type.GetGenericArguments()[0], ":{n}")
        : (type, "");

    private static (string Says, string Default) Documented(PropertyInfo option)
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
