using GuestSessions.Core.Journal;

namespace GuestSessions.Grains.Guests;

/// <summary>What a <see cref="SessionCommitter"/> works for.</summary>
internal interface ICommitterOwner : ICommitParticipant
{
    /// <summary>Called when an entry is durable, before anybody is answered.</summary>
    void OnAppended(JournalEntry entry)
    {
    }

    /// <summary>Called once, when the committer breaks.</summary>
    void OnBroken(Exception exception);
}
