namespace GuestSessions.TestKit;

/// <summary>Runs a test as a grain runs its calls: one turn at a time, whichever thread it is on.</summary>
internal static class OneAtATime
{
    public static Task RunAsync(Func<Task> test) => Task.Factory.StartNew(
        test, CancellationToken.None, TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();
}
