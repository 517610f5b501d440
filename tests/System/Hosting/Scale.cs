using System.Globalization;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>How large a run is: the environment's word for soaks, a default for every run of the tests.</summary>
internal static class Scale
{
    /// <exception cref="FormatException">What is set is no number: a soak of another size than asked for proves nothing.</exception>
    public static int Of(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
}
