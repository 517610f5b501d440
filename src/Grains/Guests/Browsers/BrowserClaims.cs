using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>How a claim ended.</summary>
/// <param name="Link">The link to commit; null when there is none.</param>
/// <param name="IsMoved">Whether the browser belongs to another guest and may not be taken from it.</param>
internal readonly record struct ClaimOutcome(LinkBrowser? Link, bool IsMoved = false);

/// <summary>
/// Claims browser ids for one guest: first the current owner stops accepting the browser's events, then the owner row moves.
/// So the owner in the row always finds its predecessor released, even after an interruption.
/// </summary>
internal sealed class BrowserClaims(GuestKey key, GuestPorts ports)
{
    /// <summary>Maximum number of tries when another guest claims the browser faster.</summary>
    public const int MostTries = 8;

    /// <param name="guest">The guest's own id.</param>
    /// <param name="releases">The value of <see cref="BrowserLinks.Releases"/> before this call.</param>
    /// <exception cref="SessionUnavailableException">The store or the current owner does not answer.</exception>
    public async Task<ClaimOutcome> ClaimAsync(string guest, string browserId, ClaimKind kind, long releases)
    {
        try
        {
            if (kind == ClaimKind.Issued
                && await TryClaimAsync(guest, browserId, owner: null) is { IsNew: true } first)
                return new ClaimOutcome(Link(guest, browserId, first, new ReleaseOutcome(ReleaseDecision.Draining, []), releases));
            for (var tries = 0; tries < MostTries; tries++)
            {
                var owner = await ports.Ledger.ReadOwnerAsync(key.Tenant, browserId, ports.Patience.Token);
                if (owner is not null && owner.Guest != key && kind != ClaimKind.Take)
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

    /// <summary>Returns the upstream id of a local id; null while the guest of its browser does not know it.</summary>
    public async Task<string?> MapLocalAsync(string localId, UpstreamBrowserId offered)
    {
        var line = BrowserGuests.Of(localId);
        return (await ports.Peers.MapLocalAsync(ports.Journal.Keyring.KeyOf(key.Tenant, line), line, offered))?.BrowserId;
    }

    /// <summary>The guest id of the previous owner if it is the anonymous browser itself; otherwise null.</summary>
    public string? UnnamedLine(ReleaseMessage message) => UnnamedLine(message.BrowserId, message.From);

    /// <summary>
    /// Returns a browser's owner and sessions, for a guest that does not own it. The sessions come from the owner, or
    /// from the previous owner if the owner never used its claim. Changes nothing.
    /// </summary>
    public async Task<(BrowserOwner? Owner, IReadOnlyList<UpstreamSession> Sessions)> PeekAsync(string browserId)
    {
        if (await ports.Ledger.ReadOwnerAsync(key.Tenant, browserId, ports.Patience.Token) is not { } owner)
            return (null, []);
        var known = owner.Guest == key ? [] : await ports.Peers.ReadBrowserAsync(owner.Guest, browserId);
        return (owner, known.Count == 0 && owner.Previous is { } previous && previous != key
            ? await ports.Peers.ReadBrowserAsync(previous, browserId)
            : known);
    }

    /// <summary>Returns the previous owner's sessions, for a guest that claimed the browser but never used it.</summary>
    public Task<IReadOnlyList<UpstreamSession>> ReadAsync(string from, string browserId) =>
        ports.Peers.ReadBrowserAsync(GuestKey.Parse(from), browserId);

    /// <summary>Makes the current owner release the browser.</summary>
    private async Task<ReleaseOutcome> ReleasedAsync(string guest, string browserId, BrowserOwner? owner)
    {
        if (owner is null)
            return new ReleaseOutcome(ReleaseDecision.Draining, []);
        if (owner.Guest != key)
            return await ports.Peers.ReleaseAsync(owner.Guest, new ReleaseMessage(
                owner.Name, browserId, owner.Generation, owner.Previous?.ToString(), key.ToString(), guest));

        // Its own claim may have been interrupted before the link, which lost the previous owner's sessions.
        return new ReleaseOutcome(ReleaseDecision.Draining, owner.Previous is { } previous
            ? await ports.Peers.ReadBrowserAsync(previous, browserId)
            : []);
    }

    private async Task<BrowserOwner?> TryClaimAsync(string guest, string browserId, BrowserOwner? owner)
    {
        var after = owner?.Generation ?? 0;
        var claimed = await ports.Ledger.ClaimAsync(new BrowserClaim(browserId, key, guest, after), ports.Patience.Token);
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
        return from == ports.Journal.Keyring.KeyOf(key.Tenant, line).ToString() ? line : null;
    }
}
