using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>Where a host listens, by any of the settings of ASP.NET Core.</summary>
public static class ListenAddresses
{
    /// <summary>The address if none is configured.</summary>
    private const string Default = "http://localhost:8080";

    private const string Endpoints = "Kestrel:Endpoints";

    private static readonly string UrlsKey = WebHostDefaults.ServerUrlsKey;

    /// <summary>Sets the default, unless an address is configured.</summary>
    public static void UseDefault(IConfiguration configuration)
    {
        if (Of(configuration).Count == 0)
            configuration[UrlsKey] = Default;
    }

    /// <summary>The effective addresses, with Kestrel's own precedence: endpoints, then URLs, then ports.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        if (HasEndpoints(configuration))
            return [.. EndpointUrls(configuration).Select(static endpoint => endpoint.Url)];
        var urls = Split(configuration[UrlsKey]);
        return urls.Count > 0
            ? urls
            :
            [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(static port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(static port => $"https://*:{port}"),
            ];
    }

    /// <summary>Kestrel's endpoints, each with the setting that names it.</summary>
    internal static IReadOnlyList<(string Setting, string Url)> EndpointUrls(IConfiguration configuration) =>
        [.. from endpoint in configuration.GetSection(Endpoints).GetChildren()
            where endpoint["Url"] is not null
            select ($"{endpoint.Path}:Url", endpoint["Url"]!)];

    /// <summary>Listens on further addresses too.</summary>
    /// <param name="configuration">The configuration of the host.</param>
    /// <param name="urls">The addresses, separated by semicolons.</param>
    /// <param name="name">The name of their endpoints, if the host has endpoints.</param>
    public static void Add(IConfiguration configuration, string urls, string name)
    {
        var added = Split(urls);
        if (!HasEndpoints(configuration))
        {
            configuration[UrlsKey] = string.Join(';', Of(configuration).Concat(added));
            return;
        }

        for (var at = 0; at < added.Count; at++)
            configuration[$"{Endpoints}:{name}{at}:Url"] = added[at];
    }

    /// <summary>The ports of a list of addresses that is separated by semicolons.</summary>
    public static HashSet<int> PortsOf(string urls) =>
        [.. Split(urls).Select(static address => BindingAddress.Parse(address).Port)];

    /// <summary>The address by which this machine itself reaches the host.</summary>
    public static string Local(string address)
    {
        foreach (var everywhere in (string[])["://+", "://*", "://0.0.0.0", "://[::]"])
            address = address.Replace(everywhere, "://localhost", StringComparison.Ordinal);
        return address;
    }

    private static bool HasEndpoints(IConfiguration configuration) =>
        configuration.GetSection(Endpoints).GetChildren().Any();

    internal static List<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
