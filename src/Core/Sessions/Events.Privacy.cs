namespace GuestSessions.Core.Sessions;

/// <summary>The guest's consent was denied or granted again. While it is denied, events are dropped.</summary>
public sealed record ConsentChanged(bool Denied, PersonAct Act) : SessionEvent;

/// <summary>An event left the line and is never sent. One that came while consent was denied has no body.</summary>
/// <param name="Code">Why, as a stable code.</param>
public sealed record EventDropped(long Sequence, string Code, DateTimeOffset At) : SessionEvent, IAboutEvent;

/// <summary>
/// A person erased the body of an event. An event that was not delivered is dropped with it. The commits that have the body
/// are rewritten afterwards, until <see cref="BlankingEnded"/>.
/// </summary>
/// <param name="EventId">See <see cref="EventRedriven"/>.</param>
public sealed record EventBlanked(long Sequence, PersonAct Act, string? EventId = null) : SessionEvent, IAboutEvent;

/// <summary>No commit and no snapshot has the body of a blanked event any more.</summary>
public sealed record BlankingEnded(long Sequence) : SessionEvent, IAboutEvent;
