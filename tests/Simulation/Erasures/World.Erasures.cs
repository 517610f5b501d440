using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using GuestSessions.Simulation.Tests.Erasures;

namespace GuestSessions.Simulation.Tests;

internal sealed partial class World
{
    /// <summary>A guest that is erased in the midst of it all; null in the lives without one.</summary>
    public SimulatedSubject? Subject { get; private set; }

    private Task _erasing = Task.CompletedTask;

    /// <summary>
    /// What a caller may meet while processes, messages and the disk fail. Anything else is a fault, and ends the life.
    /// </summary>
    public static bool IsTrouble(Exception exception) => exception is IOException or TimeoutException or OperationCanceledException
        or SessionUnavailableException or JournalUnavailableException;

    private void BeginErasing() => _outside.Enter(() =>
    {
        if (Random.Next(3) != 0)
            return;
        Subject = new SimulatedSubject(this, Random.Next(3, 12));
        _erasing = Subject.RunAsync();
    });
}
