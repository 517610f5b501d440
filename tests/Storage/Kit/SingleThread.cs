using System.Collections.Concurrent;

namespace GuestSessions.Storage.Tests.Kit;

/// <summary>Runs asynchronous work on the calling thread alone, as a simulation does.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    public static T Run<T>(Func<Task<T>> work)
    {
        var outer = Current;
        var context = new SingleThread();
        SetSynchronizationContext(context);
        try
        {
            var task = work();
            task.ContinueWith(
                _ => context._queue.CompleteAdding(), CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var (callback, state) in context._queue.GetConsumingEnumerable())
                callback(state);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));
}
