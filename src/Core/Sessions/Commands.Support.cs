using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>Deliver a set-aside event after all.</summary>
/// <param name="Edit">What it shall be; null sends it as it is.</param>
/// <param name="Base">The hash of the content that the edit was made from; null where that does not matter.</param>
public sealed record RedriveEvent(long Sequence, StreamEvent? Edit, PersonAct Act, ContentHash? Base = null);

/// <summary>What became of a person's act on an event.</summary>
public enum ActVerdict
{
    Done,

    /// <summary>The event is not in a state that the act applies to.</summary>
    WrongState,

    /// <summary>The line has no room.</summary>
    BacklogFull,

    /// <summary>The edit brings more identifiers than the guest may have.</summary>
    TooManyIdentifiers,

    /// <summary>Somebody else edited it since the edit was made.</summary>
    Changed,

    /// <summary>The edit moves the event to a browser that the guest has to own first.</summary>
    NeedsBrowser,
}
