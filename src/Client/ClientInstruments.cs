using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GuestSessions.Client;

/// <summary>What the client measures and traces. No tag names a guest.</summary>
internal sealed class ClientInstruments : IDisposable
{
    public static readonly ActivitySource Activities = new(GuestSessionsServices.ActivitySourceName);

    private readonly Meter _meter;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _retried;
    private readonly Histogram<int> _batches;

    /// <param name="meters">Makes the meter.</param>
    /// <param name="buffered">Reads how many events the buffer holds.</param>
    public ClientInstruments(IMeterFactory meters, Func<int> buffered)
    {
        _meter = meters.Create(GuestSessionsServices.MeterName);
        _stored = _meter.CreateCounter<long>(
            "sessions.client.events.stored", "{event}", "Events with a receipt, by its status");
        _dropped = _meter.CreateCounter<long>(
            "sessions.client.events.dropped", "{event}", "Buffered events that were given up, by reason");
        _retried = _meter.CreateCounter<long>(
            "sessions.client.requests.retried", "{request}", "Requests that were sent again");
        _batches = _meter.CreateHistogram<int>(
            "sessions.client.batch.size", "{event}", "Events in a batch");
        _meter.CreateObservableGauge(
            "sessions.client.buffer.events", buffered, "{event}", "Events in the buffer");
    }

    public void Stored(ReceiptStatus status) => _stored.Add(1, new KeyValuePair<string, object?>(
        "status", status == ReceiptStatus.Accepted ? "accepted" : "duplicate"));

    public void Dropped(DropReason reason) =>
        _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Retried() => _retried.Add(1);

    public void Sent(int events) => _batches.Record(events);

    public void Dispose() => _meter.Dispose();
}
