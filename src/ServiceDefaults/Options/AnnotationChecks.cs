using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using GuestSessions.Core;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Checks <c>[Required]</c>, <c>[Range]</c> and the like through sections, lists and dictionaries, and names each failure by
/// its configuration key: what the framework's own validation does not do below the first level.
/// </summary>
internal static class AnnotationChecks
{
    private static readonly Assembly Ours = typeof(SessionLimits).Assembly;

    public static void Check(object section, string path, List<string> failures)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            var value = property.GetValue(section);
            var key = $"{path}:{property.Name}";
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!rule.IsValid(value))
                    failures.Add($"{key}: {rule.FormatErrorMessage(property.Name)}");
            }

            CheckWithin(value, key, failures);
        }
    }

    private static void CheckWithin(object? value, string key, List<string> failures)
    {
        switch (value)
        {
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                    CheckWithin(entry.Value, $"{key}:{entry.Key}", failures);
                break;
            case IList items:
                for (var at = 0; at < items.Count; at++)
                    CheckWithin(items[at], $"{key}:{at}", failures);
                break;
            case not null when value.GetType() is { IsClass: true } type && type.Assembly == Ours:
                Check(value, key, failures);
                break;
        }
    }
}
