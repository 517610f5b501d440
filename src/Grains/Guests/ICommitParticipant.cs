using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// What takes part in every commit of a guest besides the commands that caused it. Both calls are synchronous: nothing else
/// changes the state until they return.
/// </summary>
internal interface ICommitParticipant
{
    /// <summary>Adds what can go into a commit that is due anyway.</summary>
    void OnCommitting(SessionWork work)
    {
    }

    /// <summary>Acts on what is durable by now. Called after commands that decided nothing, too.</summary>
    void OnCommitted(GuestSession state)
    {
    }
}
