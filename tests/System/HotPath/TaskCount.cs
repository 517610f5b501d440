using System.Diagnostics.Tracing;

namespace GuestSessions.SystemTests.HotPath;

/// <summary>Counts the tasks that this process gives to a scheduler: each is a hop of a thread.</summary>
internal sealed class TaskCount : EventListener
{
    private const string Source = "System.Threading.Tasks.TplEventSource";
    private const EventKeywords TaskTransfer = (EventKeywords)1;
    private const int TaskScheduled = 7;

    private long _scheduled;

    public long Scheduled => Interlocked.Read(ref _scheduled);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Informational, TaskTransfer);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == TaskScheduled)
            Interlocked.Increment(ref _scheduled);
    }
}
