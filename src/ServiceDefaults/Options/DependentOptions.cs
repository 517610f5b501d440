namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Options whose defaults depend on other options or on the environment.</summary>
internal static class DependentOptions
{
    /// <summary>
    /// Fills them in. A tenant without <c>StreamApi:BaseUrl</c> uses the emulator of this process, where there is one;
    /// in Development any upstream may be in clear text and on a private network.
    /// </summary>
    public static void Apply(ServiceOptions options, bool isDevelopment)
    {
        foreach (var upstream in options.Tenants.Values.Select(static tenant => tenant?.StreamApi))
        {
            if (upstream is null)
                continue;
            var usesEmulator = options.Emulator is { Enabled: true } && upstream.BaseUrl is "";
            if (usesEmulator)
                upstream.BaseUrl = LocalAddress(options.Emulator.Url);
            if (usesEmulator || isDevelopment)
                upstream.AllowInsecure = upstream.AllowPrivate = true;
        }
    }

    /// <summary>The first of the emulator's addresses, as this machine reaches it.</summary>
    private static string LocalAddress(string urls)
    {
        var first = (urls ?? "").Split(';')[0].Trim();
        foreach (var everywhere in (string[])["://*", "://+", "://0.0.0.0", "://[::]"])
            first = first.Replace(everywhere, "://localhost", StringComparison.Ordinal);
        return first;
    }
}
