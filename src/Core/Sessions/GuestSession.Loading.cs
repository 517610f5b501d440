using GuestSessions.Core.Journal;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    /// <summary>Rebuilds a session from what the journal holds of it.</summary>
    public static GuestSession Of(StoredSession stored, SessionLimits limits)
    {
        var session = stored.Snapshot is { } snapshot
            ? Restore(snapshot, limits)
            : new GuestSession(limits) { Version = stored.Floor, IsErased = stored.IsErased };
        foreach (var commit in stored.Commits)
        {
            foreach (var @event in commit.Events)
                session.Apply(@event);
            session.Version = commit.Version;
            session.CommittedAt = commit.At;
        }

        return session;
    }
}
