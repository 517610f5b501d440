using System.Globalization;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>How large a run is: the environment's word for soaks, a default for every run of the tests.</summary>
internal static class Scale
{
    public static int Of(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
