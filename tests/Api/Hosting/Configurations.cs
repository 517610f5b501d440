using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Configurations as a host reads them.</summary>
public static class Configurations
{
    /// <summary>One tenant, one point of sale, every default.</summary>
    public static Dictionary<string, string?> Demo => new()
    {
        ["Sessions:Tenants:demo:StreamApi:BaseUrl"] = "http://127.0.0.1:8090",
        ["Sessions:Tenants:demo:StreamApi:AllowInsecure"] = "true",
        ["Sessions:Tenants:demo:StreamApi:AllowPrivate"] = "true",
        ["Sessions:Tenants:demo:StreamApi:ClientKey"] = "demo-client-key",
        ["Sessions:Tenants:demo:PointsOfSale:0:Name"] = "harbourbikes/ie",
        ["Sessions:Tenants:demo:Defaults:Channel"] = "WEB",
        ["Sessions:Tenants:demo:Defaults:Language"] = "EN",
        ["Sessions:Tenants:demo:Defaults:Currency"] = "EUR",
    };

    /// <summary>A second tenant beside <see cref="Demo"/>.</summary>
    public static Dictionary<string, string?> Other => new()
    {
        ["Sessions:Tenants:other:StreamApi:BaseUrl"] = "https://stream.example",
        ["Sessions:Tenants:other:StreamApi:ClientKey"] = "other-client-key",
        ["Sessions:Tenants:other:PointsOfSale:0:Name"] = "other/ie",
    };

    /// <summary>The tenant of <see cref="Demo"/> as the edge proxy knows it.</summary>
    public static Dictionary<string, string?> Edge => new()
    {
        ["Sessions:Tenants:demo:StreamApi:ContextId"] = "demo-context",
        ["Sessions:Tenants:demo:PointsOfSale:0:SiteIds:0"] = "harbour-ie",
    };

    public static Dictionary<string, string?> Key(string tenant, int at, string id, string secret, params string[] scopes)
    {
        var path = $"Sessions:Tenants:{tenant}:ApiKeys:{at}";
        var key = new Dictionary<string, string?>
        {
            [$"{path}:Id"] = id,
            [$"{path}:SecretSha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
        };
        for (var scope = 0; scope < scopes.Length; scope++)
            key[$"{path}:Scopes:{scope}"] = scopes[scope];
        return key;
    }

    public static Dictionary<string, string?> Of(params Dictionary<string, string?>[] parts)
        => parts.SelectMany(part => part).ToDictionary();
}
