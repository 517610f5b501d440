using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>Put a set-aside event back into the line.</summary>
/// <param name="Edit">Its new content; null sends it unchanged.</param>
/// <param name="Base">The hash of the content that the edit was made from; null skips the check.</param>
public sealed record RedriveEvent(long Sequence, StreamEvent? Edit, PersonAct Act, ContentHash? Base = null);

/// <summary>The result of a person's act on an event.</summary>
public enum ActDecision
{
    Done,

    /// <summary>The event is not in a state that the act applies to.</summary>
    WrongState,

    /// <summary>The line is full.</summary>
    BacklogFull,

    /// <summary>With the edit, the guest would have too many identifiers.</summary>
    TooManyIdentifiers,

    /// <summary>Somebody else has edited the event since the edit was prepared.</summary>
    Changed,

    /// <summary>The edit moves the event to a browser that the guest must own first.</summary>
    NeedsBrowser,
}
