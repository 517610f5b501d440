using System.Reflection;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Tells a section of options from a value.</summary>
internal static class OptionTypes
{
    private static readonly Assembly[] Ours = [typeof(SessionsOptions).Assembly, typeof(ServiceOptions).Assembly];

    public static bool IsSection(Type type) => type.IsClass && Ours.Contains(type.Assembly);

    /// <summary>What can be set in a section.</summary>
    public static IEnumerable<PropertyInfo> OptionsOf(Type section) =>
        section.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite);
}
