namespace GuestSessions.Core.Sessions;

/// <summary>
/// A person started a replay of delivered events. Each of them enters the line as its own entry, an
/// <see cref="EventRecorded"/> with its <see cref="EventRecorded.Replay"/> set.
/// </summary>
/// <param name="Operation">The id of the operation that does it.</param>
/// <param name="First">The lowest sequence of the range.</param>
/// <param name="Last">The highest; no event that was accepted after the replay began.</param>
public sealed record ReplayBegun(string Operation, PersonAct Act, long First, long Last) : SessionEvent;

/// <summary>The event that an entry of a replay repeats.</summary>
/// <param name="Of">The sequence of the event that had been delivered.</param>
/// <param name="Operation">See <see cref="ReplayBegun.Operation"/>.</param>
public sealed record ReplaySource(long Of, string Operation);
