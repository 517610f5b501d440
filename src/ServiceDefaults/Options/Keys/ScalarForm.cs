using System.Globalization;

namespace GuestSessions.ServiceDefaults.Options.Keys;

/// <summary>Checks the form of a single value of an option.</summary>
internal static class ScalarForm
{
    /// <returns>What is wrong with the value, as a sentence; null when it is well-formed.</returns>
    public static string? Complaint(Type type, string value)
    {
        if (type == typeof(TimeSpan))
            return Duration.Complaint(value);
        if (type == typeof(bool))
            return bool.TryParse(value, out _) ? null : $"expected true or false; got \"{value}\".";
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
                ? null
                : $"expected {string.Join(", ", Enum.GetNames(type))}; got \"{value}\".";
        }

        if (type == typeof(int) || type == typeof(long))
        {
            var fits = long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                && (type == typeof(long) || number is >= int.MinValue and <= int.MaxValue);
            return fits ? null : $"expected a whole number; got \"{value}\".";
        }

        return null;
    }
}
