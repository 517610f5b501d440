namespace GuestSessions.Grains.Guests;

/// <summary>What a <see cref="SessionCommitter"/> works for.</summary>
internal interface ICommitterOwner : ICommitParticipant
{
    /// <summary>Called once, when the committer breaks.</summary>
    void OnBroken(Exception exception);
}
