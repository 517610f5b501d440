namespace GuestSessions.Core.Sessions;

/// <summary>A session event that is about one behavioural event: its receipt is made of these.</summary>
public interface IAboutEvent
{
    /// <summary>Of the behavioural event, in its guest's own order of acceptance.</summary>
    long Sequence { get; }
}
