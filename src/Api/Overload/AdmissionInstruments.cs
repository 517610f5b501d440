using System.Diagnostics.Metrics;

namespace GuestSessions.Api.Overload;

/// <summary>Metrics about the requests in flight and those beyond the limit.</summary>
internal sealed class AdmissionInstruments
{
    private readonly Meter _meter;
    private readonly Counter<long> _shed;

    public AdmissionInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("GuestSessions.Api");
        _shed = _meter.CreateCounter<long>(
            "sessions.requests.shed", "{request}", "Requests that were refused because too many were in flight, by importance.");
    }

    /// <summary>Starts to observe both limits.</summary>
    public void Watch(AdmissionLimit api, AdmissionLimit ingress)
    {
        _meter.CreateObservableGauge(
            "sessions.requests.in_flight", InFlight, "{request}", "Requests in flight.");
        _meter.CreateObservableGauge(
            "sessions.requests.limit", Limits, "{request}", "Maximum number of requests in flight now.");

        IEnumerable<Measurement<int>> InFlight() => Both(api.InFlight, ingress.InFlight);
        IEnumerable<Measurement<int>> Limits() => Both(api.Limit, ingress.Limit);
    }

    public void Shed(bool isIngress, Importance importance) => _shed.Add(
        1, Part(isIngress), new("importance", importance switch
        {
            Importance.Bulk => "bulk",
            Importance.Support => "support",
            Importance.View => "view",
            Importance.Event => "event",
            _ => "critical",
        }));

    private static IEnumerable<Measurement<int>> Both(int api, int ingress) =>
        [new(api, Part(isIngress: false)), new(ingress, Part(isIngress: true))];

    private static KeyValuePair<string, object?> Part(bool isIngress) => new("part", isIngress ? "ingress" : "api");
}
