using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

internal sealed partial class Given
{
    public long? Begin(string operation, long first = 1, long last = long.MaxValue) =>
        Do(Decider.BeginReplay(Session, operation, first, last, Act()));

    public ReplayDecision Replay(EventRecorded delivered, string operation, bool mark = true) =>
        Do(Decider.Replay(Session, new ReplayEvent(delivered, operation, mark, Now)));
}
