namespace GuestSessions.Core;

/// <summary>Every bound of a guest session, in one place. Reaching one is an answer, never a surprise.</summary>
public sealed record SessionLimits
{
    public static SessionLimits Default { get; } = new();

    /// <summary>Undelivered events of one guest. <value>10,000</value></summary>
    public int UndeliveredEvents { get; init; } = 10_000;

    /// <summary>Bytes of undelivered events of one guest. <value>8 MB</value></summary>
    public long UndeliveredBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Quarantined and in-doubt events of one guest; when reached its line waits. Events that came with a public key do not
    /// count: of those, as many again may be undelivered or set aside. <value>1,000</value>
    /// </summary>
    public int SetAsideEvents { get; init; } = 1_000;

    /// <summary>Bytes of quarantined and in-doubt events of one guest; of public events, as many again. <value>8 MB</value></summary>
    public long SetAsideBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Event ids remembered for deduplication. <value>10,000</value></summary>
    public int DedupIds { get; init; } = 10_000;

    /// <summary>How long an event id is remembered at most. <value>7 days</value></summary>
    public TimeSpan DedupAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Identifiers of one guest, and of one request. <value>64</value></summary>
    public int Identifiers { get; init; } = 64;

    /// <summary>
    /// Bytes of an IDENTITY event that the service composes of all known identifiers, and characters of a guest's
    /// identifiers. <value>32 KB</value>
    /// </summary>
    public int IdentityBytes { get; init; } = 32 * 1024;

    /// <summary>Sessions kept in the state of a guest, open and closed; the oldest is forgotten first. <value>40</value></summary>
    public int Sessions { get; init; } = 40;

    /// <summary>
    /// Event types counted one by one in a session; further types, long ones, and a tenant's own in sessions before the
    /// latest <see cref="CartsInFull"/> count as <c>other</c>. <value>32</value>
    /// </summary>
    public int CountedTypes { get; init; } = 32;

    /// <summary>Lines of a session's cart; what is added beyond is counted, not kept. <value>100</value></summary>
    public int CartLines { get; init; } = 100;

    /// <summary>Sessions whose carts keep their lines; those of older ones are summed up. <value>4</value></summary>
    public int CartsInFull { get; init; } = 4;

    /// <summary>Providers remembered of a session's IDENTITY events. <value>8</value></summary>
    public int SessionProviders { get; init; } = 8;

    /// <summary>
    /// Browser ids a guest owns at once; one that rests is let go for a new one and found again when it comes back.
    /// <value>64</value>
    /// </summary>
    public int Browsers { get; init; } = 64;

    /// <summary>
    /// Browsers nobody had named whose history is read with a guest's own. Beyond, a further one is read under its own id.
    /// <value>1,000</value>
    /// </summary>
    public int LinkedLines { get; init; } = 1_000;

    /// <summary>Commands that may wait for one guest's commit before ingest is refused. <value>1,000</value></summary>
    public int WaitingCommands { get; init; } = 1_000;

    /// <summary>Bytes of events one commit gathers before the rest goes into the next. <value>1 MB</value></summary>
    public int CommitBytes { get; init; } = 1024 * 1024;

    /// <summary>Commits after which a snapshot is taken. <value>256</value></summary>
    public int CommitsPerSnapshot { get; init; } = 256;

    /// <summary>Commits from which on a guest that leaves memory leaves a snapshot. <value>32</value></summary>
    public int CommitsPerIdleSnapshot { get; init; } = 32;
}
