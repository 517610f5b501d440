using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Linking;

/// <summary>How a claim ended.</summary>
/// <param name="Link">The link to commit; null when there is none.</param>
/// <param name="IsMoved">The browser is another guest's, and may not be taken from it.</param>
public readonly record struct ClaimOutcome(LinkBrowser? Link, bool IsMoved = false);

/// <summary>
/// Claims browser ids for one guest: the owner of now is told to take no more, then the owner row moves. Whoever is in
/// the row next finds its predecessor released, whatever broke off in between.
/// </summary>
public sealed class BrowserClaims(
    GuestKey key, IBrowserLedger ledger, GuestKeyring keyring, ILines lines, TimeProvider time)
{
    /// <summary>How often somebody faster is caught up with.</summary>
    public const int MostTries = 8;

    /// <param name="guest">The guest's own id.</param>
    /// <param name="take">Take the browser if it is another's.</param>
    /// <param name="releases"><see cref="BrowserLinks.Releases"/> of before this call.</param>
    /// <exception cref="SessionUnavailableException">The store or the owner of now does not answer.</exception>
    public async Task<ClaimOutcome> ClaimAsync(string guest, string browserId, bool take, long releases)
    {
        try
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                using var patience = new CancellationTokenSource(SessionDoor.AppendTimeout, time);
                var owner = await ledger.ReadOwnerAsync(key.Tenant, browserId, patience.Token);
                var isDrained = false;
                if (owner is not null && owner.Guest != key)
                {
                    if (!take)
                        return new ClaimOutcome(null, IsMoved: true);
                    var verdict = await ReleaseAsync(owner, browserId);
                    if (verdict is ReleaseVerdict.Superseded or ReleaseVerdict.Full)
                        continue;
                    isDrained = verdict == ReleaseVerdict.Drained;
                }

                if (await TryClaimAsync(guest, browserId, owner) is { } claimed)
                    return new ClaimOutcome(Link(guest, browserId, claimed, isDrained, releases));
            }

            return default;
        }
        catch (Exception exception) when (exception is not SessionUnavailableException)
        {
            throw new SessionUnavailableException("The browser's owner cannot be changed now.", exception);
        }
    }

    /// <summary>The guest id of the owner before, if that is the browser itself, which nobody had named.</summary>
    public string? UnnamedLine(ReleaseMessage message) => UnnamedLine(message.BrowserId, message.From);

    private Task<ReleaseVerdict> ReleaseAsync(BrowserOwner owner, string browserId) => lines.ReleaseAsync(
        owner.Guest,
        new ReleaseMessage(owner.Name, browserId, owner.Generation, owner.Previous?.ToString(), key.ToString()));

    private async Task<BrowserOwner?> TryClaimAsync(string guest, string browserId, BrowserOwner? owner)
    {
        var after = owner?.Generation ?? 0;
        using var patience = new CancellationTokenSource(SessionDoor.AppendTimeout, time);
        var claimed = await ledger.ClaimAsync(new BrowserClaim(browserId, key, guest, after), patience.Token);
        return claimed.Guest == key && claimed.Generation == after + 1 ? claimed : null;
    }

    private LinkBrowser Link(string guest, string browserId, BrowserOwner claimed, bool isDrained, long releases)
    {
        var from = claimed.Previous?.ToString();
        return new LinkBrowser(
            guest, browserId, claimed.Generation, from, isDrained, UnnamedLine(browserId, from), releases);
    }

    private string? UnnamedLine(string browserId, string? from)
    {
        var line = BrowserGuests.Of(browserId);
        return from == keyring.KeyOf(key.Tenant, line).ToString() ? line : null;
    }
}
