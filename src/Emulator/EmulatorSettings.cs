using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.Emulator;

/// <summary>How an emulator listens, what it knows and what it keeps.</summary>
public sealed class EmulatorSettings
{
    /// <summary>
    /// Where it listens; separate several addresses by semicolons. Port 0 selects a free port.
    /// <value>http://localhost:8090</value>
    /// </summary>
    public string Urls { get; set; } = "http://localhost:8090";

    /// <summary>
    /// The protocols offered. Only https can offer both; in clear text <c>Http2</c> means prior knowledge.
    /// <value>Http1</value>
    /// </summary>
    public HttpProtocols Protocols { get; set; } = HttpProtocols.Http1;

    /// <summary>The certificate of https addresses.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Client keys that are not answered with 401. <value>demo-client-key</value></summary>
    public IList<string> ClientKeys { get; init; } = [];

    /// <summary>
    /// Context ids of the edge form that are not answered with 401. <value>demo-context-id</value>
    /// </summary>
    public IList<string> ContextIds { get; init; } = [];

    /// <summary>
    /// Points of sale; an event for any other is swallowed silently. <value>harbourbikes/ie and
    /// harbourbikes/de</value>
    /// </summary>
    public IList<PointOfSale> PointsOfSale { get; init; } = [];

    /// <summary>
    /// How guests are identified, tried in this order; a tenant has 5 at most. <value>CRM and email</value>
    /// </summary>
    public IList<IdentityRule> IdentityRules { get; init; } = [];

    /// <summary>Time before each answer of the Stream API. <value>0</value></summary>
    public TimeSpan Latency { get; set; } = TimeSpan.Zero;

    /// <summary>Requests kept in the arrival log; the oldest are dropped first. <value>200,000</value></summary>
    public int ArrivalsKept { get; set; } = 200_000;

    /// <summary>Bytes of bodies kept in the arrival log; the oldest are dropped first. <value>256 MB</value></summary>
    public long ArrivalBytesKept { get; set; } = 256 * 1024 * 1024;

    /// <summary>Sessions kept; the oldest are dropped first. <value>200,000</value></summary>
    public int SessionsKept { get; set; } = 200_000;

    /// <summary>Profiles kept; the oldest are dropped first. <value>200,000</value></summary>
    public int GuestsKept { get; set; } = 200_000;

    /// <summary>Maximum bytes of one event; a larger one gets 413. <value>1 MB</value></summary>
    public int EventBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// A file that gets a JSON line for each arrival before it is answered, and one for each answer.
    /// </summary>
    public string? ArrivalLog { get; set; }

    internal IReadOnlyCollection<string> KnownKeys =>
        ClientKeys.Count > 0 ? [.. ClientKeys] : ["demo-client-key"];

    internal IReadOnlyCollection<string> KnownContextIds =>
        ContextIds.Count > 0 ? [.. ContextIds] : ["demo-context-id"];

    internal IReadOnlyList<IdentityRule> KnownIdentityRules => IdentityRules.Count > 0
        ? [.. IdentityRules]
        :
        [
            new IdentityRule { Name = "Customer number", Provider = "CRM" },
            new IdentityRule { Name = "E-mail", Provider = "email" },
        ];

    internal IReadOnlyCollection<PointOfSale> KnownPointsOfSale => PointsOfSale.Count > 0
        ? [.. PointsOfSale]
        :
        [
            new PointOfSale { Name = "harbourbikes/ie", SiteIds = { "harbourbikes-ie" } },
            new PointOfSale { Name = "harbourbikes/de", SiteIds = { "harbourbikes-de" } },
        ];
}
