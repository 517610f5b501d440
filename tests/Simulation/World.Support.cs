using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Simulation.Tests;

/// <summary>People who act on what is set aside, and who stop guests, in the midst of the trouble.</summary>
internal sealed partial class World
{
    private readonly List<PersonsAct> _acts = [];
    private int _actsUnderWay;

    /// <summary>What people did, and were told that it was done.</summary>
    public IReadOnlyList<PersonsAct> Acts => _acts;

    private IEnumerable<GuestKey> Lines => _clients.Select(static client => client.Key)
        .Concat(BrowserIds.Select(browserId => Keyring.KeyOf(Tenant, BrowserGuests.Of(browserId))));

    private void Act() => _outside.Enter(() =>
    {
        var lines = Lines.ToList();
        var line = lines[Random.Next(lines.Count)];
        var kind = (PersonsAct)Random.Next(Enum.GetValues<PersonsAct>().Length);
        _ = ActAsync(line, kind, Random.Next(2));
    });

    private void ResumeAll() => _outside.Enter(() =>
    {
        foreach (var line in Lines)
            _ = ActAsync(line, PersonsAct.Resume, 0);
    });

    private async Task ActAsync(GuestKey line, PersonsAct kind, int choice)
    {
        _actsUnderWay++;
        try
        {
            var done = await CallAsync(line, activation => kind == PersonsAct.RedriveMoved
                ? MoveAsync(activation, choice)
                : activation.Door.EnterAsync(work => Do(work, kind, choice, Because(activation))));
            if (done)
                _acts.Add(kind);
        }
        catch (Exception)
        {
            // Nobody knows whether it was done; the journal does.
        }
        finally
        {
            _actsUnderWay--;
        }
    }

    private static bool Do(SessionWork work, PersonsAct kind, int choice, PersonAct act)
    {
        var aside = work.State.SetAside.Events
            .Where(aside => kind != PersonsAct.ResolveNotDelivered || aside.InDoubt)
            .Skip(kind == PersonsAct.ResolveNotDelivered ? 0 : choice).FirstOrDefault();
        return work.State.Guest is not null && Decide(work.State, aside, kind, act) is { } decision && work.Do(decision);
    }

    /// <summary>Redrives an event under another browser, which may be anybody's, as the grain does.</summary>
    private async Task<bool> MoveAsync(Activation activation, int choice)
    {
        if (BrowserIds.Count == 0)
            return false;
        var browserId = BrowserIds[choice % BrowserIds.Count];
        var guest = activation.Door.State.Guest ?? "";
        var (end, done) = await activation.Linking.EnterAsync(guest, take: !BrowserGuests.Is(guest), work =>
        {
            if (work.State.SetAside.Events.FirstOrDefault() is not { } aside)
                return new BrowserStep<bool>(false, []);
            var decision = Decider.Redrive(work.State, new RedriveEvent(
                aside.Event.Sequence, Mended(aside.Event) with { BrowserId = browserId }, Because(activation)));
            return decision.Result == ActVerdict.NeedsBrowser
                ? new BrowserStep<bool>(false, [browserId])
                : new BrowserStep<bool>(work.Do(Told(decision)), []);
        });
        return end == BrowserEnd.Done && done;
    }

    private static PersonAct Because(Activation activation) =>
        new("support-7", activation.Door.Clock.GetUtcNow(), "because");

    private static Decision<bool>? Decide(GuestSession state, SetAsideEvent? aside, PersonsAct kind, PersonAct act)
    {
        return (kind, aside) switch
        {
            (PersonsAct.Pause, _) => Decider.Pause(state, act),
            (PersonsAct.Resume, _) => Decider.Resume(state, act),
            (_, null) => null,
            (PersonsAct.Redrive, _) => Told(Decider.Redrive(state, new RedriveEvent(aside.Event.Sequence, null, act))),
            (PersonsAct.RedriveEdited, _) => Told(Decider.Redrive(
                state, new RedriveEvent(aside.Event.Sequence, Mended(aside.Event), act))),
            (PersonsAct.Discard, _) => Told(Decider.Discard(state, aside.Event.Sequence, act)),
            (PersonsAct.ResolveDelivered, _) => Told(Decider.Resolve(state, aside.Event.Sequence, true, act)),
            _ => Told(Decider.Resolve(state, aside.Event.Sequence, false, act)),
        };
    }

    private static Decision<bool> Told(Decision<ActVerdict> decision) =>
        new(decision.Events, decision.Result == ActVerdict.Done);

    private static StreamEvent Mended(EventRecorded recorded) => new()
    {
        Type = recorded.Type,
        Channel = recorded.Channel,
        PointOfSale = recorded.PointOfSale,
        Body = Utf8Json.Parse($$"""{"id":"{{recorded.EventId}}"}"""),
        SessionTimeout = TimeSpan.FromMinutes(20),
    };
}

internal enum PersonsAct
{
    Redrive,
    RedriveEdited,
    RedriveMoved,
    Discard,
    ResolveDelivered,
    ResolveNotDelivered,
    Pause,
    Resume,
}
