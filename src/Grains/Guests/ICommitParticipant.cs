using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Takes part in every commit of a guest, besides the commands that caused it. Both calls are synchronous: nothing else
/// changes the state until they return.
/// </summary>
internal interface ICommitParticipant
{
    /// <summary>Adds events to a commit that is due anyway.</summary>
    void OnCommitting(SessionWork work)
    {
    }

    /// <summary>Acts on the durable state. Also called after commands that decided nothing.</summary>
    void OnCommitted(GuestSession state)
    {
    }
}
