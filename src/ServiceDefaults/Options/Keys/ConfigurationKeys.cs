using System.Collections;
using System.Globalization;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Configuration;

namespace GuestSessions.ServiceDefaults.Options.Keys;

/// <summary>
/// Compares the keys and values below <c>Sessions</c> with the options that they set, before they are bound: binding
/// ignores a key that no option has, stops at the first value it cannot read, and reads some as something else.
/// </summary>
/// <remarks>
/// A key that is probably misspelled is a failure: the intended setting would have no effect, and a service that should use
/// PostgreSQL would use a file. Any other unknown key is only reported, since it may belong to another version.
/// </remarks>
internal sealed class ConfigurationKeys
{
    private readonly List<string> _failures = [];
    private readonly List<string> _strangers = [];

    private ConfigurationKeys()
    {
    }

    /// <summary>Failures that have to be fixed, each with its key.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Keys that match no option and resemble none.</summary>
    public IReadOnlyList<string> Strangers => _strangers;

    public static ConfigurationKeys Check(IConfiguration configuration)
    {
        var keys = new ConfigurationKeys();
        keys.CheckSection(configuration.GetSection(SessionsOptions.Section), typeof(ServiceOptions));
        return keys;
    }

    private void CheckSection(IConfigurationSection section, Type type)
    {
        if (!string.IsNullOrEmpty(section.Value))
            _failures.Add($"{section.Path}: expected a section with keys below it; got a value.");
        foreach (var child in section.GetChildren())
        {
            var option = OptionTypes.OptionsOf(type).FirstOrDefault(
                property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (option is null)
                CheckUnknown(section, child, type);
            else
                CheckValue(child, option.PropertyType);
        }
    }

    private void CheckValue(IConfigurationSection section, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (OptionTypes.IsSection(type))
            CheckSection(section, type);
        else if (typeof(IDictionary).IsAssignableFrom(type))
            CheckEntries(section, type.GetGenericArguments()[1], areNumbered: false);
        else if (typeof(IList).IsAssignableFrom(type))
            CheckEntries(section, type.GetGenericArguments()[0], areNumbered: true);
        else if (section.GetChildren().Any())
            _failures.Add($"{section.Path}: expected one value; got a section with keys below it.");
        else if (section.Value is { } value && !(value.Length == 0 && declared != type)
            && ScalarForm.Complaint(type, value) is { } complaint)
            _failures.Add($"{section.Path}: {complaint}");
    }

    private void CheckEntries(IConfigurationSection section, Type item, bool areNumbered)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            _failures.Add(areNumbered
                ? $"{section.Path}: expected a list; write its items as {section.Path}:0, {section.Path}:1 and so on."
                : $"{section.Path}: expected names with values below them; got a value.");
        }

        foreach (var child in section.GetChildren())
        {
            if (areNumbered && !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                _failures.Add($"{child.Path}: expected the number of an item, like {section.Path}:0:{child.Key}.");
            else
                CheckValue(child, item);
        }
    }

    private void CheckUnknown(IConfigurationSection section, IConfigurationSection child, Type type)
    {
        var meant = KeySuggestion.For(child.Key, OptionTypes.OptionsOf(type).Select(static option => option.Name)) ?? Below(type, child.Key);
        if (meant is null)
            _strangers.AddRange(Leaves(child));
        else
            _failures.Add($"{child.Path}: there is no such option; did you mean {section.Path}:{meant}?");
    }

    /// <summary>An option of that name in a section below, for a key that was written at too high a level.</summary>
    private static string? Below(Type type, string key)
    {
        foreach (var option in OptionTypes.OptionsOf(type).Where(static option => OptionTypes.IsSection(option.PropertyType)))
        {
            var found = OptionTypes.OptionsOf(option.PropertyType).FirstOrDefault(
                property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
            if ((found?.Name ?? Below(option.PropertyType, key)) is { } name)
                return $"{option.Name}:{name}";
        }

        return null;
    }

    private static IEnumerable<string> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 ? [section.Path] : children.SelectMany(Leaves);
    }
}
