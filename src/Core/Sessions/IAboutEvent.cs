namespace GuestSessions.Core.Sessions;

/// <summary>A session event about one behavioural event. The receipt of that event is made of these.</summary>
public interface IAboutEvent
{
    /// <summary>Of the behavioural event, in its guest's own order of acceptance.</summary>
    long Sequence { get; }
}
