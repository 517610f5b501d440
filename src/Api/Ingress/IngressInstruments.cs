using System.Diagnostics.Metrics;

namespace GuestSessions.Api.Ingress;

/// <summary>Metrics about the ingress, whose clients do not read the reasons in its answers.</summary>
internal sealed class IngressInstruments
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _browserIds;

    public IngressInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("GuestSessions.Ingress");
        _refused = meter.CreateCounter<long>(
            "sessions.ingress.refused", "{request}", "Requests of SDKs that were refused, by reason.");
        _quarantined = meter.CreateCounter<long>(
            "sessions.ingress.quarantined", "{event}", "Events of SDKs that were quarantined on arrival, by code.");
        _browserIds = meter.CreateCounter<long>(
            "sessions.ingress.browser_ids", "{browser}", "Browser ids handed out: the upstream's, or local ones.");
    }

    /// <param name="tenant">Null if the tenant is unknown.</param>
    /// <param name="reason">One of the ingress' own codes.</param>
    public void Refused(string? tenant, string reason) =>
        _refused.Add(1, new("tenant", tenant ?? ""), new("reason", reason));

    public void Quarantined(string tenant, string code) =>
        _quarantined.Add(1, new("tenant", tenant), new("code", code));

    public void GaveBrowserId(string tenant, bool local) =>
        _browserIds.Add(1, new("tenant", tenant), new("source", local ? "local" : "upstream"));
}
