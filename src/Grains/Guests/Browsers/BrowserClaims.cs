using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>How a claim ended.</summary>
/// <param name="Link">The link to commit; null when there is none.</param>
/// <param name="IsMoved">The browser is another guest's, and may not be taken from it.</param>
internal readonly record struct ClaimOutcome(LinkBrowser? Link, bool IsMoved = false);

/// <summary>
/// Claims browser ids for one guest: the current owner is told to take no more events, then the owner row moves. So the next
/// owner in the row finds its predecessor released, whatever broke off in between.
/// </summary>
internal sealed class BrowserClaims(
    GuestKey key, IBrowserLedger ledger, GuestKeyring keyring, IGuestPeers peers, TimeProvider time)
{
    /// <summary>How often somebody faster is caught up with.</summary>
    public const int MostTries = 8;

    /// <param name="guest">The guest's own id.</param>
    /// <param name="take">Take the browser if it is another's.</param>
    /// <param name="releases"><see cref="BrowserLinks.Releases"/> of before this call.</param>
    /// <exception cref="SessionUnavailableException">The store or the current owner does not answer.</exception>
    public async Task<ClaimOutcome> ClaimAsync(string guest, string browserId, bool take, long releases)
    {
        try
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                using var patience = new CancellationTokenSource(SessionCommitter.AppendTimeout, time);
                var owner = await ledger.ReadOwnerAsync(key.Tenant, browserId, patience.Token);
                if (owner is not null && owner.Guest != key && !take)
                    return new ClaimOutcome(null, IsMoved: true);
                var released = await ReleasedAsync(guest, browserId, owner);
                if (released.Decision is ReleaseDecision.Superseded or ReleaseDecision.Full)
                    continue;
                if (await TryClaimAsync(guest, browserId, owner) is { } claimed)
                    return new ClaimOutcome(Link(guest, browserId, claimed, released, releases));
            }

            return default;
        }
        catch (Exception exception) when (exception is not SessionUnavailableException)
        {
            throw new SessionUnavailableException("The browser's owner cannot be changed now.", exception);
        }
    }

    /// <summary>What a local id stands for; null while the line of its browser does not know.</summary>
    public async Task<string?> MapLocalAsync(string localId, UpstreamBrowserId offered)
    {
        var line = BrowserGuests.Of(localId);
        return (await peers.MapLocalAsync(keyring.KeyOf(key.Tenant, line), line, offered))?.BrowserId;
    }

    /// <summary>The guest id of the owner before, if that is the browser itself, which nobody had named.</summary>
    public string? UnnamedLine(ReleaseMessage message) => UnnamedLine(message.BrowserId, message.From);

    /// <summary>
    /// What is known of a browser's sessions, for a guest that does not own it: as its owner knows them, or the owner before,
    /// where that one never used its claim. Takes nothing from anybody.
    /// </summary>
    public async Task<(BrowserOwner? Owner, IReadOnlyList<UpstreamSession> Sessions)> PeekAsync(string browserId)
    {
        using var patience = new CancellationTokenSource(SessionCommitter.AppendTimeout, time);
        if (await ledger.ReadOwnerAsync(key.Tenant, browserId, patience.Token) is not { } owner)
            return (null, []);
        var known = owner.Guest == key ? [] : await peers.ReadBrowserAsync(owner.Guest, browserId);
        return (owner, known.Count == 0 && owner.Previous is { } previous && previous != key
            ? await peers.ReadBrowserAsync(previous, browserId)
            : known);
    }

    /// <summary>The sessions as the owner before knows them, for a guest that claimed the browser and never used it.</summary>
    public Task<IReadOnlyList<UpstreamSession>> ReadAsync(string from, string browserId) =>
        peers.ReadBrowserAsync(GuestKey.Parse(from), browserId);

    /// <summary>Has the current owner give the browser up.</summary>
    private async Task<ReleaseOutcome> ReleasedAsync(string guest, string browserId, BrowserOwner? owner)
    {
        if (owner is null)
            return new ReleaseOutcome(ReleaseDecision.Draining, []);
        if (owner.Guest != key)
            return await peers.ReleaseAsync(owner.Guest, new ReleaseMessage(
                owner.Name, browserId, owner.Generation, owner.Previous?.ToString(), key.ToString(), guest));

        // Its own claim may have broken off before it was linked, and with it what came from the owner before.
        return new ReleaseOutcome(ReleaseDecision.Draining, owner.Previous is { } previous
            ? await peers.ReadBrowserAsync(previous, browserId)
            : []);
    }

    private async Task<BrowserOwner?> TryClaimAsync(string guest, string browserId, BrowserOwner? owner)
    {
        var after = owner?.Generation ?? 0;
        using var patience = new CancellationTokenSource(SessionCommitter.AppendTimeout, time);
        var claimed = await ledger.ClaimAsync(new BrowserClaim(browserId, key, guest, after), patience.Token);
        return claimed.Guest == key && claimed.Generation == after + 1 ? claimed : null;
    }

    private LinkBrowser Link(
        string guest, string browserId, BrowserOwner claimed, ReleaseOutcome released, long releases)
    {
        var from = claimed.Previous?.ToString();
        return new LinkBrowser(
            guest, browserId, claimed.Generation, from, released.Decision == ReleaseDecision.Drained,
            UnnamedLine(browserId, from), releases)
        {
            Known = released.Sessions,
        };
    }

    private string? UnnamedLine(string browserId, string? from)
    {
        var line = BrowserGuests.Of(browserId);
        return from == keyring.KeyOf(key.Tenant, line).ToString() ? line : null;
    }
}
