using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Finds events that name an identifier or a browser of an erased guest, whatever guest they are sent for. While no guest of
/// the store is erased, that costs no read.
/// </summary>
public sealed class ErasedTerms(IErasureStore store, TimeProvider time)
{
    /// <summary>How long another silo may not know of the first erasure of a store.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private long? _readAt;
    private bool _hasAny;

    /// <summary>Notes that this silo has erased a guest.</summary>
    public void Note() => _hasAny = true;

    /// <summary>Which of some events name an identifier of an erased guest; null if none does.</summary>
    /// <exception cref="SessionUnavailableException">The store does not answer.</exception>
    public ValueTask<bool[]?> FindIdentifiersAsync(GuestKeyring keyring, string tenant, IReadOnlyList<EventToRecord> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Content.Identifiers.Count > 0)
                return FindAsync(keyring, tenant, events, static content => TermsOf(content.Identifiers));
        }

        return default;
    }

    /// <summary>Which of some events name a browser of an erased guest; null if none does.</summary>
    /// <exception cref="SessionUnavailableException">The store does not answer.</exception>
    public ValueTask<bool[]?> FindBrowsersAsync(GuestKeyring keyring, string tenant, IReadOnlyList<EventToRecord> events) =>
        FindAsync(keyring, tenant, events, static content =>
            content.BrowserId is { } browserId ? [SearchTerm.BrowserId(browserId)] : []);

    /// <summary>Whether any of the identifiers belongs to an erased guest.</summary>
    /// <exception cref="SessionUnavailableException">The store does not answer.</exception>
    public ValueTask<bool> AreErasedAsync(GuestKeyring keyring, string tenant, IReadOnlyList<Identifier> identifiers) =>
        AreErasedAsync(keyring, tenant, TermsOf(identifiers));

    /// <summary>The term of each identifier: its provider and its id.</summary>
    public static IEnumerable<SearchTerm> TermsOf(IEnumerable<Identifier> identifiers) =>
        identifiers.Select(static identifier => SearchTerm.Identifier(identifier.Provider, identifier.Id));

    private async ValueTask<bool[]?> FindAsync(
        GuestKeyring keyring, string tenant, IReadOnlyList<EventToRecord> events,
        Func<StreamEvent, IEnumerable<SearchTerm>> termsOf)
    {
        bool[]? found = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (await AreErasedAsync(keyring, tenant, termsOf(events[i].Content)))
                (found ??= new bool[events.Count])[i] = true;
        }

        return found;
    }

    private async ValueTask<bool> AreErasedAsync(GuestKeyring keyring, string tenant, IEnumerable<SearchTerm> terms)
    {
        try
        {
            if (!await HasAnyAsync())
                return false;
            UInt128[] hashes = [.. terms.Select(term => keyring.HashOf(tenant, term))];
            return hashes.Length > 0 && await store.AreErasedAsync(hashes, CancellationToken.None);
        }
        catch (JournalUnavailableException exception)
        {
            throw new SessionUnavailableException("The journal cannot be read now.", exception);
        }
    }

    private async ValueTask<bool> HasAnyAsync()
    {
        if (_hasAny || (_readAt is { } readAt && time.GetElapsedTime(readAt) < Memory))
            return _hasAny;
        _readAt = time.GetTimestamp();
        return _hasAny |= await store.HasErasedAsync(CancellationToken.None);
    }
}
