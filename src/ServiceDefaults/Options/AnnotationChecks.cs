using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Checks <c>[Required]</c>, <c>[Range]</c> and the like through sections, lists and dictionaries, and names
/// each failure by its configuration key. The framework's own validation checks only the first level. A
/// <c>null</c> in the configuration is bound as <c>null</c>; it is a failure too if the option's type does not
/// allow it.
/// </summary>
internal sealed class AnnotationChecks(List<string> failures)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>
    /// Whether a value is null that must not be, so that the other checks cannot read the options safely.
    /// </summary>
    public bool FoundNull { get; private set; }

    public void Check(object section, string path)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(section);
            var key = $"{path}:{property.Name}";
            if (value is null)
            {
                if (_nullability.Create(property).ReadState == NullabilityState.NotNull)
                    FailNull(key);
                continue;
            }

            var rules = property.GetCustomAttributes<ValidationAttribute>();
            foreach (var rule in rules.Where(rule => !rule.IsValid(value)))
                failures.Add($"{key}: {rule.FormatErrorMessage(property.Name)}");
            CheckWithin(value, key);
        }
    }

    private void CheckWithin(object? value, string key)
    {
        switch (value)
        {
            case null:
                FailNull(key);
                break;
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                    CheckWithin(entry.Value, $"{key}:{entry.Key}");
                break;
            case IList items:
                for (var at = 0; at < items.Count; at++)
                    CheckWithin(items[at], $"{key}:{at}");
                break;
            case { } section when OptionTypes.IsSection(section.GetType()):
                Check(section, key);
                break;
        }
    }

    private void FailNull(string key)
    {
        FoundNull = true;
        failures.Add($"{key}: expected a value; got null.");
    }
}
