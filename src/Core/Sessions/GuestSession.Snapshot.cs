using System.Diagnostics;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    /// <summary>The state as data.</summary>
    public SessionSnapshot ToSnapshot() => new()
    {
        Version = Version,
        Guest = Guest ?? throw new UnreachableException("A guest never seen has no snapshot."),
        OpenedAt = OpenedAt,
        Clock = Clock,
        CommittedAt = CommittedAt,
        OrderShift = OrderShift,
        LastSequence = LastSequence,
        LastSession = LastSession,
        LastOrderAt = LastOrderAt,
        LastSentOrderAt = LastSentOrderAt,
        DeliveredCount = DeliveredCount,
        DiscardedCount = DiscardedCount,
        Pause = Pause,
        BrowserId = BrowserId,
        CustomerReference = CustomerReference,
        BrowserIdAttempts = BrowserIdAttempts,
        BrowserIdRetryAt = BrowserIdRetryAt,
        Identifiers = [.. Identifiers.All],
        ProfileHash = Identifiers.ProfileHash,
        Sessions = [.. Sessions.All],
        Remembered = Dedup.ToArray(),
        Line = [.. Line.Entries],
        Open = Open,
        SetAside = [.. SetAside.Events],
        Reached = Reached,
        Browsers = Browsers.All.Count > 0 ? [.. Browsers.All] : null,
        BrowserReleases = Browsers.Releases,
        LocalBrowsers = _localBrowsers is { Count: > 0 } ? [.. _localBrowsers] : null,
        Lines = Lines.Count > 0 ? [.. Lines] : null,
        Replays = _replays is { Count: > 0 } ? [.. _replays] : null,
        ConsentDenied = ConsentDenied,
        Blanking = _blanking is null ? null : [.. _blanking],
    };

    /// <summary>The state a snapshot describes.</summary>
    public static GuestSession Restore(SessionSnapshot snapshot, SessionLimits limits)
    {
        var session = new GuestSession(limits)
        {
            Version = snapshot.Version,
            SnapshotVersion = snapshot.Version,
            Guest = snapshot.Guest,
            OpenedAt = snapshot.OpenedAt,
            Clock = snapshot.Clock,
            CommittedAt = snapshot.CommittedAt,
            OrderShift = snapshot.OrderShift,
            LastSequence = snapshot.LastSequence,
            LastSession = snapshot.LastSession,
            LastOrderAt = snapshot.LastOrderAt,
            LastSentOrderAt = snapshot.LastSentOrderAt,
            DeliveredCount = snapshot.DeliveredCount,
            DiscardedCount = snapshot.DiscardedCount,
            Pause = snapshot.Pause,
            ConsentDenied = snapshot.ConsentDenied,
            BrowserId = snapshot.BrowserId,
            CustomerReference = snapshot.CustomerReference,
            BrowserIdAttempts = snapshot.BrowserIdAttempts,
            BrowserIdRetryAt = snapshot.BrowserIdRetryAt,
            Open = snapshot.Open,
        };
        session.Identifiers.Remember(snapshot.Identifiers, snapshot.ProfileHash);
        session.Sessions.Restore(snapshot.Sessions);
        session.Line.Restore(snapshot.Line);
        session.Browsers.Restore(snapshot.Browsers ?? [], snapshot.BrowserReleases);
        session._localBrowsers = snapshot.LocalBrowsers is { } browsers ? [.. browsers] : null;
        session._lines = snapshot.Lines is { } lines ? [.. lines] : null;
        session.Dedup.Restore(snapshot.Remembered);
        foreach (var aside in snapshot.SetAside)
            session.SetAside.Add(aside);
        session.RestoreTrace(snapshot.Reached);
        session._blanking = snapshot.Blanking is { } blanking ? [.. blanking] : null;
        session._replays = snapshot.Replays is { } replays ? [.. replays] : null;
        return session;
    }
}
