using Microsoft.Extensions.Hosting;

namespace GuestSessions.Storage;

/// <summary>
/// Opens the journal before any hosted service starts, and so before the silo takes its first grain call. Closes it after
/// all of them have stopped, and so after the last grain has written.
/// </summary>
internal sealed class JournalLifetime(Journal journal) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => journal.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => journal.DisposeAsync().AsTask();
}
