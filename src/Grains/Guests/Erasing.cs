using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Guests.Delivery;

namespace GuestSessions.Grains.Guests;

/// <summary>Erases one guest: its tombstone first. What else the store has of it, the operation deletes.</summary>
internal sealed class Erasing(SessionCommitter committer, GuestDelivery delivery, GuestPorts ports, GuestRuntime guest)
{
    /// <summary>How often the tombstone is tried while commits come in between.</summary>
    private const int MostTries = 20;

    /// <summary>See <see cref="IGuestErasureGrain.EraseAsync"/>.</summary>
    public async Task<ErasedStep> EraseAsync(EraseMessage message)
    {
        if (guest.IsErased)
            return await ErasedBeforeAsync(message);
        if (!await committer.ReadAsync(static state => state.Guest is not null))
        {
            // A stale activation may have missed the guest's first event, or its tombstone.
            await committer.VerifyAsync(ports.Patience.Token);
            return new ErasedStep(null);
        }

        if (await committer.ReadAsync(state => state.Lines.Count) != message.Lines)
            return new ErasedStep(null, HasChanged: true);

        // From now on nothing is sent, and no event is accepted: what comes gets a retry, and then finds the tombstone.
        delivery.Stop();
        guest.IsErasing = true;
        try
        {
            return await WriteAsync(message);
        }
        finally
        {
            // Whatever happened, the next activation reads from the journal what is true.
            guest.End(new ErasedException());
        }
    }

    /// <summary>See <see cref="IGuestErasureGrain.ReadLinesAsync"/>.</summary>
    public async Task<IReadOnlyList<string>?> ReadLinesAsync()
    {
        if (!guest.IsErased && await committer.ReadAsync(static state => state.Guest is null))
            await committer.VerifyAsync(ports.Patience.Token);
        return await committer.ReadAsync<IReadOnlyList<string>?>(static state => state.Guest is null ? null : [.. state.Lines]);
    }

    /// <summary>See <see cref="IGuestGrain.ReadErasureAsync"/>.</summary>
    public async Task<ErasureView?> ReadAsync() => guest.IsErased
        && await ports.Erasures.ReadAsync(committer.Key, ports.Patience.Token) is { } erased
            ? new ErasureView(erased.Operation, erased.At)
            : null;

    /// <summary>See <see cref="IGuestGrain.LiftErasureAsync"/>.</summary>
    public async Task<bool> LiftAsync(string name, ActMessage act) => guest.IsErased
        && await ports.Erasures.LiftAsync(committer.Key, name, act.At(committer.Clock.GetUtcNow()), ports.Patience.Token);

    private async Task<ErasedStep> WriteAsync(EraseMessage message)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var tombstone = await committer.ReadAsync(state => Of(state, message));
            if (!await ports.Erasures.EraseAsync(tombstone, ports.Patience.Token))
                continue;
            ports.Erased.Note();
            ports.Instruments.Erased(committer.Key.Tenant);
            return new ErasedStep(tombstone.Standing);
        }

        throw new SessionUnavailableException("Another activation of this guest writes at the same time.");
    }

    private async Task<ErasedStep> ErasedBeforeAsync(EraseMessage message)
    {
        var erased = await ports.Erasures.ReadAsync(committer.Key, ports.Patience.Token)
            ?? throw new SessionUnavailableException("The erasure of this guest was lifted just now.");
        return new ErasedStep(erased.Operation == message.Operation ? erased.Standing : null);
    }

    private GuestTombstone Of(GuestSession state, EraseMessage message) => new(
        committer.Key, state.Version, GuestKey.Parse(message.Of).Hash, message.Operation, message.Act,
        [.. TermsOf(state).Select(term => ports.Journal.Keyring.HashOf(committer.Key.Tenant, term)).Distinct()],
        HandOffFile.LineOf(state.Identifiers.All), message.FileUntil,
        new ErasedStanding(
            state.LastSequence, state.Line.Count - (state.Open is null ? 0 : 1), state.SetAside.Count, state.SetAside.InDoubtCount,
            state.Open is { } open && state.Line.Find(open.Sequence) is { } sending
                ? new EventOnItsWay(open.Sequence, sending.Event.Type, open.Attempt)
                : null));

    /// <summary>The identifiers, and the browsers that no other guest owns.</summary>
    private static IEnumerable<SearchTerm> TermsOf(GuestSession state)
    {
        foreach (var term in ErasedTerms.TermsOf(state.Identifiers.All))
            yield return term;
        foreach (var link in state.Browsers.All.Where(static link => !link.IsReleased))
            yield return SearchTerm.BrowserId(link.BrowserId);
        if (state.BrowserId is { } own)
            yield return SearchTerm.BrowserId(own);
        if (state.Guest is { } guest && BrowserGuests.Is(guest) && state.Browsers.Releases == 0)
            yield return SearchTerm.BrowserId(BrowserGuests.BrowserIdOf(guest));
    }
}

/// <summary>The guest was erased: its activation ends.</summary>
internal sealed class ErasedException() : Exception("The guest was erased.");
