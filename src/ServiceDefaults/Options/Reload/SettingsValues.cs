using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.ServiceDefaults.Options.Reload;

/// <summary>
/// Settings as pairs of names and values, to compare them. An item of a list goes by its <c>Id</c> or <c>Name</c> where it has
/// one, so that a removed item does not change those behind it.
/// </summary>
internal static class SettingsValues
{
    private static readonly string[] Names = ["Id", "Name"];

    public static SortedDictionary<string, string> Of(object section)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(values, "", section);
        return values;
    }

    /// <summary>Names of which the value differs, or which only one of the two has.</summary>
    public static IReadOnlyList<string> Differences(
        SortedDictionary<string, string> one, SortedDictionary<string, string> other) =>
    [
        .. one.Keys.Union(other.Keys)
            .Where(name => one.GetValueOrDefault(name) != other.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A number that hosts with equal settings have in common; a metric holds it exactly.</summary>
    public static long Fingerprint(SortedDictionary<string, string> values)
    {
        var text = string.Join('\n', values.Select(static value => $"{value.Key}={value.Value}"));
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & ((1L << 48) - 1);
    }

    private static void Add(SortedDictionary<string, string> values, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                    Add(values, Below(name, (string)entry.Key), entry.Value);
                break;
            case IList items:
                for (var at = 0; at < items.Count; at++)
                    Add(values, Below(name, NameOf(items[at]) ?? at.ToString(CultureInfo.InvariantCulture)), items[at]);
                break;
            case not null when OptionTypes.IsSection(value.GetType()):
                foreach (var option in OptionTypes.OptionsOf(value.GetType()))
                    Add(values, Below(name, option.Name), option.GetValue(value));
                break;
            default:
                values[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                break;
        }
    }

    private static string? NameOf(object? item) => item is null || !OptionTypes.IsSection(item.GetType())
        ? null
        : OptionTypes.OptionsOf(item.GetType()).FirstOrDefault(static option => Names.Contains(option.Name))?.GetValue(item) as string;

    private static string Below(string name, string part) => name.Length == 0 ? part : $"{name}:{part}";
}
