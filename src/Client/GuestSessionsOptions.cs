namespace GuestSessions.Client;

/// <summary>Where the service is, with which key it is called, and how much is buffered.</summary>
public sealed class GuestSessionsOptions
{
    /// <summary>The address of the service, with a path if it is behind one: <c>https://sessions.example/</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>The secret of an API key with the scope <c>ingest</c>. A changed one counts from the next request on.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The tenant, for a key that covers several; null for a key of one tenant.</summary>
    public string? Tenant { get; set; }

    /// <summary>
    /// Time for one request. A request without an answer is sent again, with the same event ids.
    /// <value>30 s; 100 ms to 10 min.</value>
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time for one call with all its retries; after it the call throws <see cref="EventNotStoredException"/>. Buffered
    /// events are retried without an end until the client stops.
    /// <value>2 min; 100 ms to 1 day.</value>
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest wait between two tries where the service names none.
    /// <value>30 s; 100 ms to 10 min.</value>
    /// </summary>
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Maximum number of events in the buffer, sent ones without an answer included.
    /// <value>10,000; 1 to 10 million.</value>
    /// </summary>
    public int BufferEvents { get; set; } = 10_000;

    /// <summary>
    /// Maximum bytes of the events in the buffer. One event of any size fits into an empty buffer.
    /// <value>32 MB; 1 KB to 1 TB.</value>
    /// </summary>
    public long BufferBytes { get; set; } = 32L << 20;

    /// <summary>
    /// What happens to an event that finds the buffer full.
    /// <value>Its caller waits.</value>
    /// </summary>
    public FullBuffer WhenFull { get; set; } = FullBuffer.Wait;

    /// <summary>
    /// Called after buffered events were given up, one call at a time. It may call the client, and nothing waits for it.
    /// Null to look at the completions only.
    /// </summary>
    public Action<DroppedEvents>? OnDropped { get; set; }

    /// <summary>
    /// A batch is sent as soon as so many events wait; it has no more of them.
    /// <value>500; 1 to 10,000.</value>
    /// </summary>
    public int BatchEvents { get; set; } = 500;

    /// <summary>
    /// A batch is sent as soon as so many bytes wait; it has no more of them, unless one event alone is larger.
    /// <value>1 MB; 1 KB to 16 MB.</value>
    /// </summary>
    public int BatchBytes { get; set; } = 1 << 20;

    /// <summary>
    /// A batch is sent at the latest after this time, counted from when its first guest could have been sent.
    /// <value>100 ms; 0 to 10 min.</value>
    /// </summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Maximum number of batches in flight; a guest is in one of them at most.
    /// <value>4; 1 to 256.</value>
    /// </summary>
    public int BatchesInFlight { get; set; } = 4;

    /// <summary>
    /// Time that the end of the host, or <see cref="IAsyncDisposable.DisposeAsync"/>, gives the buffer to drain.
    /// <value>20 s; 0 to 1 h.</value>
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>What happens to an event that finds the buffer full.</summary>
public enum FullBuffer
{
    /// <summary>Its caller waits for space, in turn.</summary>
    Wait,

    /// <summary>It is dropped, and <see cref="GuestSessionsOptions.OnDropped"/> is called.</summary>
    Drop,
}
