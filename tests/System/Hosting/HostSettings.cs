using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>What every host of a test is told.</summary>
internal static class HostSettings
{
    public static Dictionary<string, string> For(Uri upstream, params IEnumerable<(string Key, string Value)> settings)
    {
        Dictionary<string, string> all = new()
        {
            ["Emulator:Enabled"] = "false",
            ["Tenants:demo:StreamApi:BaseUrl"] = upstream.ToString(),
            // An API host has no settings file beside it.
            ["Tenants:demo:StreamApi:ClientKey"] = Upstream.ClientKey,
            ["Tenants:demo:PointsOfSale:0:Name"] = SentEvent.PointOfSale,
            ["Tenants:demo:Defaults:Channel"] = "WEB",
            ["Tenants:demo:Defaults:Language"] = "EN",
            ["Tenants:demo:Defaults:Currency"] = "EUR",
            ["Tenants:demo:Defaults:PointOfSale"] = SentEvent.PointOfSale,
            // A takeover waits for the sum of these: short, so that many faults fit into one test.
            ["Delivery:StartValidity"] = "00:00:01",
            ["Delivery:ConnectTimeout"] = "00:00:01",
            ["Delivery:ResponseTimeout"] = "00:00:04",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        return all;
    }
}
