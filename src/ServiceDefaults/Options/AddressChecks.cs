namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks lists of addresses to listen on.</summary>
internal static class AddressChecks
{
    /// <param name="key">The configuration key.</param>
    /// <param name="urls">Separated by semicolons.</param>
    public static void Check(string key, string urls, List<string> failures)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Trim().Replace("*", "localhost"), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https") || address.Port == 0)
                failures.Add($"{key}: expected addresses with ports, like http://*:8081.");
        }
    }
}
