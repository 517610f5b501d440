using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>A session that knows ids, content and sequence, and answers as it is told otherwise.</summary>
public sealed partial class FakeGuest(FakeCluster cluster) : IGuestGrain
{
    private readonly Dictionary<string, (ContentHash Hash, long Sequence)> _known = [];
    private readonly Lock _gate = new();
    private long _counted;

    /// <summary>Answers events by their id before the session looks at them.</summary>
    public Dictionary<string, RecordResult> Results { get; } = [];

    public GuestView? View { get; set; }
    public TimelinePage? Timeline { get; set; }
    public EventDetail? Event { get; set; }
    public FlushAnswer? Flush { get; set; }
    public IdentifyAnswer Identified { get; set; } = new(null, null, 1);

    public CloseAnswer? Closed { get; set; }

    /// <summary>What the answer about an event waits for.</summary>
    public Task EventHeld { get; set; } = Task.CompletedTask;

    public bool AskedEvent { get; private set; }
    public TimelineQuery? AskedTimeline { get; private set; }
    public ActMessage? FlushedBy { get; private set; }
    public IdentifyRequest? AskedIdentify { get; private set; }

    public async Task<RecordAnswer> RecordAsync(RecordRequest request)
    {
        Check();
        if (!cluster.Remembers)
            return Counted(request);
        cluster.Recorded.Enqueue(request);
        await cluster.Held;
        lock (_gate)
            return new RecordAnswer([.. request.Events.Select(Record)]);
    }

    public Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request)
    {
        Check();
        AskedIdentify = request;
        return Task.FromResult(Identified);
    }

    public Task<GuestView?> ReadAsync()
    {
        Check();
        return Task.FromResult(View);
    }

    public Task<WaitView?> ReadWaitAsync()
    {
        Check();
        return Task.FromResult(View?.Wait);
    }

    public Task<TimelinePage?> ReadTimelineAsync(TimelineQuery query)
    {
        Check();
        AskedTimeline = query;
        return Task.FromResult(Timeline);
    }

    public async Task<EventDetail?> ReadEventAsync(string eventId)
    {
        Check();
        AskedEvent = true;
        await EventHeld;
        return Event?.Summary.EventId == eventId ? Event : null;
    }

    public Task<FlushAnswer?> FlushAsync(ActMessage act)
    {
        Check();
        FlushedBy = act;
        return Task.FromResult(Flush);
    }

    private RecordAnswer Counted(RecordRequest request) =>
        new([.. request.Events.Select(_ => new RecordResult(RecordStatus.Accepted, ++_counted))]);

    public Task<RecordAnswer> ValidateAsync(RecordRequest request)
    {
        Check();
        return Task.FromResult(new RecordAnswer([.. request.Events.Select(
            message => Results.GetValueOrDefault(message.EventId, new RecordResult(RecordStatus.Accepted, 1)))]));
    }

    public Task<CloseAnswer?> CloseSessionsAsync(CloseRequest request)
    {
        Check();
        return Task.FromResult(Closed);
    }

    private RecordResult Record(EventToRecord message)
    {
        if (Results.TryGetValue(message.EventId, out var result))
            return result;
        if (!_known.TryGetValue(message.EventId, out var known))
        {
            _known.Add(message.EventId, (message.Hash, _known.Count + 1));
            return new RecordResult(RecordStatus.Accepted, _known.Count);
        }

        return known.Hash == message.Hash
            ? new RecordResult(RecordStatus.Duplicate, known.Sequence)
            : new RecordResult(RecordStatus.Rejected, Code: "event_id_reused");
    }

    private void Check()
    {
        if (cluster.Fault is { } fault)
            throw fault;
    }
}
