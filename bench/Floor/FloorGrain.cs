namespace GuestSessions.Bench.Floor;

public interface IFloorGrain : IGrainWithStringKey
{
    /// <returns>False for a duplicate.</returns>
    Task<bool> RecordAsync(string eventId, byte[] body);
}

/// <summary>
/// What any service must do for this work, and no more: a grain that knows its guest's last ids, a durable row for each event,
/// delivery of one event at a time, a durable row for the outcome. It checks nothing, keeps no session, ends no event that the
/// upstream refuses, and forgets to go on delivering after a restart.
/// </summary>
public sealed class FloorGrain(FloorJournal journal, HttpClient upstream, SemaphoreSlim inFlight) : Grain, IFloorGrain
{
    private const int KeptIds = 64;

    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _ids = [];
    private readonly Queue<FloorEvent> _pending = [];
    private long _sequence;
    private bool _isDelivering;

    public async Task<bool> RecordAsync(string eventId, byte[] body)
    {
        if (!_known.Add(eventId))
            return false;
        _ids.Enqueue(eventId);
        if (_ids.Count > KeptIds)
            _known.Remove(_ids.Dequeue());
        var recorded = new FloorEvent(this.GetPrimaryKeyString(), ++_sequence, eventId, body);
        await journal.AppendAsync(recorded);
        _pending.Enqueue(recorded);
        if (!_isDelivering)
            _ = DeliverAsync();
        return true;
    }

    private async Task DeliverAsync()
    {
        _isDelivering = true;
        try
        {
            while (_pending.TryPeek(out var first))
            {
                await SendAsync(first.Body);
                await journal.DeliveredAsync(first.Guest, first.Sequence);
                _pending.Dequeue();
            }
        }
        finally
        {
            _isDelivering = false;
        }
    }

    private async Task SendAsync(byte[] body)
    {
        await inFlight.WaitAsync();
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var answer = await upstream.PostAsync("/v1.2/events", content);
            answer.EnsureSuccessStatusCode();
        }
        finally
        {
            inFlight.Release();
        }
    }
}
