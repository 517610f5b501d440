namespace GuestSessions.Client;

/// <summary>
/// The service, as an app backend calls it. One instance serves a whole process and all its threads;
/// <see cref="GuestSessionsServices.AddGuestSessions"/> registers it.
/// </summary>
/// <remarks>
/// Every call is safe to repeat: an event keeps its <see cref="GuestEvent.EventId"/> over all retries, and the service
/// answers <see cref="ReceiptStatus.Duplicate"/> to one that it has. A call that is cancelled may have stored its event.
/// Guest ids have 1 to 128 characters of <c>[A-Za-z0-9._~:-]</c>, and case counts.
/// </remarks>
public interface IGuestSessions : IAsyncDisposable
{
    /// <summary>Records an event, and returns when it is durable.</summary>
    /// <param name="guest">The guest whose event it is.</param>
    /// <param name="guestEvent">The event. Without an id or a time it gets them here.</param>
    /// <param name="cancellationToken">Ends the call and its retries.</param>
    /// <exception cref="EventRejectedException">The service will never accept the event as it is.</exception>
    /// <exception cref="EventNotStoredException">No answer within <see cref="GuestSessionsOptions.CallTimeout"/>.</exception>
    /// <exception cref="RequestRefusedException">The service refuses the request itself, such as its key.</exception>
    Task<EventReceipt> TrackAsync(string guest, GuestEvent guestEvent, CancellationToken cancellationToken = default);

    /// <summary>Records several events of one guest in their order, and returns when each is durable or rejected.</summary>
    /// <param name="guest">The guest whose events they are.</param>
    /// <param name="events">In their order, at least one.</param>
    /// <param name="cancellationToken">Ends the call and its retries.</param>
    /// <returns>A result for each event, in the same order.</returns>
    /// <exception cref="EventNotStoredException">No answer within <see cref="GuestSessionsOptions.CallTimeout"/>.</exception>
    /// <exception cref="RequestRefusedException">The service refuses the request itself, such as its key.</exception>
    Task<IReadOnlyList<EventResult>> TrackManyAsync(
        string guest, IReadOnlyList<GuestEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores identifiers of a guest. The service sends an IDENTITY event when the set has grown or changed. It makes that event, with an
    /// id of its own and without a time of the caller: to give one, record an <see cref="IdentityEvent"/>.
    /// </summary>
    /// <param name="guest">The guest.</param>
    /// <param name="identifiers">At least one.</param>
    /// <param name="profile">Personal attributes to send along; null for none.</param>
    /// <param name="cancellationToken">Ends the call and its retries.</param>
    /// <exception cref="EventRejectedException">The service will never accept these identifiers.</exception>
    /// <exception cref="EventNotStoredException">No answer within <see cref="GuestSessionsOptions.CallTimeout"/>.</exception>
    /// <exception cref="RequestRefusedException">The service refuses the request itself, such as its key.</exception>
    Task<IdentityReceipt> IdentifyAsync(
        string guest, IReadOnlyList<IdentityIdentifier> identifiers, GuestProfile? profile = null,
        CancellationToken cancellationToken = default);

    /// <summary>Closes the open sessions of a guest; sends FORCE_CLOSE only where the tenant allows it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="cancellationToken">Ends the call and its retries.</param>
    /// <exception cref="EventNotStoredException">No answer within <see cref="GuestSessionsOptions.CallTimeout"/>.</exception>
    /// <exception cref="RequestRefusedException">There is no such guest (404), or the key is refused.</exception>
    Task<ClosingReceipt> CloseSessionAsync(string guest, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts an event into the buffer, and returns when it is there. Events of one guest are sent in the order of these
    /// calls. Await <see cref="QueuedEvent.Completion"/> to know that the event is durable.
    /// </summary>
    /// <param name="guest">The guest whose event it is.</param>
    /// <param name="guestEvent">The event. Without an id or a time it gets them here.</param>
    /// <param name="cancellationToken">Ends the wait for space in a full buffer; the event is not sent then.</param>
    /// <exception cref="InvalidOperationException">The client has stopped.</exception>
    ValueTask<QueuedEvent> EnqueueAsync(string guest, GuestEvent guestEvent, CancellationToken cancellationToken = default);

    /// <summary>Sends what is in the buffer at once, and returns when each of these events is stored or given up.</summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes no more events into the buffer and sends what is there. At the deadline it gives up the rest. The second call
    /// gets the report of the first.
    /// </summary>
    /// <param name="cancellationToken">
    /// The deadline, if it comes before <see cref="GuestSessionsOptions.DrainTimeout"/>.
    /// </param>
    /// <returns>What became of the events in the buffer, and which are left.</returns>
    Task<DrainReport> StopAsync(CancellationToken cancellationToken = default);
}
