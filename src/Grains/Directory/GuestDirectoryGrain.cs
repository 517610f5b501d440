using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Directory;

/// <summary>Answers look-ups from the journal's index. A browser id is answered with its owner.</summary>
[StatelessWorker]
[GrainType("guest-directory")]
public sealed class GuestDirectoryGrain(IJournal journal, IBrowserLedger ledger)
    : Grain, IGuestDirectoryGrain, IBrowserDirectoryGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit)
    {
        if (kind == SearchTerm.BrowserIdKind
            && await ledger.ReadOwnerAsync(Tenant, value, CancellationToken.None) is { } owner)
            return owner.Name.Length > 0 && string.CompareOrdinal(owner.Name, after) > 0 ? [owner.Name] : [];
        return await journal.FindAsync(Tenant, new SearchTerm(kind, value), after, limit, CancellationToken.None);
    }

    public async Task<string> OwnerOfAsync(string browserId)
    {
        try
        {
            var owner = await ledger.ReadOwnerAsync(Tenant, browserId, CancellationToken.None);
            return owner?.Name ?? BrowserGuests.Of(browserId);
        }
        catch (JournalUnavailableException exception)
        {
            throw new SessionUnavailableException("The journal cannot be read now.", exception);
        }
    }
}
