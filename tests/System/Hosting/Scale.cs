using System.Globalization;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>How large a run is: the environment's word for soaks, a default for every run of the tests.</summary>
internal static class Scale
{
    /// <param name="least">Below it, nothing would be tried, and the run would pass.</param>
    /// <exception cref="FormatException">What is set is no number: a soak of another size than asked for proves nothing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is less than <paramref name="least"/>.</exception>
    public static int Of(string name, int otherwise, int least = 0)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text)
            return otherwise;
        var value = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
