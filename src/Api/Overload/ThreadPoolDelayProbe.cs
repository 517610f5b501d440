using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Overload;

/// <summary>Measures periodically how long new work waits for a thread.</summary>
internal sealed class ThreadPoolDelayProbe(Admission admission, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var queued = time.GetTimestamp();
                await Task.Yield(); // Goes to the end of the pool's common queue, where data from sockets waits.
                admission.Waited(time.GetElapsedTime(queued));
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
