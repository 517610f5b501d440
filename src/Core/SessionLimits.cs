namespace GuestSessions.Core;

/// <summary>Every limit of a guest session, in one place. Reaching one has a defined answer.</summary>
public sealed record SessionLimits
{
    public static SessionLimits Default { get; } = new();

    /// <summary>Maximum number of undelivered events of one guest. <value>10,000</value></summary>
    public int UndeliveredEvents { get; init; } = 10_000;

    /// <summary>Maximum bytes of undelivered events of one guest. <value>8 MB</value></summary>
    public long UndeliveredBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Maximum number of quarantined and in-doubt events of one guest; at the limit its line waits. Events that
    /// came with a public key do not count: as many of those again may be undelivered or set aside, half of them without ever
    /// having been sent.
    /// <value>1,000</value>
    /// </summary>
    public int SetAsideEvents { get; init; } = 1_000;

    /// <summary>
    /// Maximum bytes of quarantined and in-doubt events of one guest; events that came with a public key have
    /// as many again. <value>8 MB</value>
    /// </summary>
    public long SetAsideBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Number of a guest's event ids that are remembered for deduplication. <value>10,000</value>
    /// </summary>
    public int DedupIds { get; init; } = 10_000;

    /// <summary>How long an event id is remembered for deduplication at most. <value>7 days</value></summary>
    public TimeSpan DedupAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Maximum number of identifiers of one guest, and in one request. <value>64</value></summary>
    public int Identifiers { get; init; } = 64;

    /// <summary>
    /// Maximum bytes of an IDENTITY event that the service composes from all known identifiers, and maximum
    /// characters of a guest's identifiers. <value>32 KB</value>
    /// </summary>
    public int IdentityBytes { get; init; } = 32 * 1024;

    /// <summary>
    /// Sessions kept in the state of a guest, open and closed; the oldest is dropped first. <value>40</value>
    /// </summary>
    public int Sessions { get; init; } = 40;

    /// <summary>
    /// Event types that a session counts separately. Further types, long ones, and a tenant's own types in
    /// sessions before the latest <see cref="CartsInFull"/> count as <c>other</c>. <value>32</value>
    /// </summary>
    public int CountedTypes { get; init; } = 32;

    /// <summary>Lines kept of a session's cart; further ones are only counted. <value>100</value></summary>
    public int CartLines { get; init; } = 100;

    /// <summary>
    /// Latest sessions whose carts keep their lines; older carts keep only sums. <value>4</value>
    /// </summary>
    public int CartsInFull { get; init; } = 4;

    /// <summary>Providers remembered of a session's IDENTITY events. <value>8</value></summary>
    public int SessionProviders { get; init; } = 8;

    /// <summary>
    /// Maximum number of browser ids that a guest owns at once. An idle one makes way for a new one, and is
    /// found again when it returns. <value>64</value>
    /// </summary>
    public int Browsers { get; init; } = 64;

    /// <summary>
    /// Maximum number of browsers that had events before the guest was named for them and whose history is read
    /// with the guest's own. Beyond it, a browser is read under its own id. <value>1,000</value>
    /// </summary>
    public int LinkedLines { get; init; } = 1_000;

    /// <summary>
    /// Commands that may wait for one guest's commit before ingest is rejected. <value>1,000</value>
    /// </summary>
    public int WaitingCommands { get; init; } = 1_000;

    /// <summary>
    /// Bytes of events that one commit gathers; further events go into the next one. <value>1 MB</value>
    /// </summary>
    public int CommitBytes { get; init; } = 1024 * 1024;

    /// <summary>Commits after which a guest stores a snapshot. <value>256</value></summary>
    public int CommitsPerSnapshot { get; init; } = 256;

    /// <summary>Commits after which a guest that leaves memory stores a snapshot. <value>32</value></summary>
    public int CommitsPerIdleSnapshot { get; init; } = 32;
}
