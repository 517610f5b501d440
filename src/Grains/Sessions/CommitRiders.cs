namespace GuestSessions.Grains.Sessions;

/// <summary>Several riders as one, in the order given.</summary>
public sealed class CommitRiders(params IReadOnlyList<ICommitRider> riders) : ICommitRider
{
    public void Ride(SessionWork work)
    {
        foreach (var rider in riders)
            rider.Ride(work);
    }

    public void Committed()
    {
        foreach (var rider in riders)
            rider.Committed();
    }
}
