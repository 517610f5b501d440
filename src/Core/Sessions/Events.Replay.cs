namespace GuestSessions.Core.Sessions;

/// <summary>
/// A person had delivered events delivered again. Each of them enters the line as an entry of its own, an
/// <see cref="EventRecorded"/> with its <see cref="EventRecorded.Replay"/> set.
/// </summary>
/// <param name="Operation">The id of the operation that does it.</param>
/// <param name="First">The lowest sequence of the range.</param>
/// <param name="Last">The highest: nothing that was accepted after it began.</param>
public sealed record ReplayBegun(string Operation, PersonAct Act, long First, long Last) : SessionEvent;

/// <summary>What an entry of a replay repeats.</summary>
/// <param name="Of">The sequence of the event that had been delivered.</param>
/// <param name="Operation">See <see cref="ReplayBegun.Operation"/>.</param>
public sealed record ReplaySource(long Of, string Operation);
