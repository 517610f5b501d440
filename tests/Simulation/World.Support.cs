using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Json;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Simulation.Tests;

/// <summary>People who act on what is set aside, and who stop guests, in the midst of the trouble.</summary>
internal sealed partial class World
{
    private static readonly ActMessage Because = new("support-7", "because");

    private readonly List<PersonsAct> _acts = [];
    private int _actsUnderWay;

    /// <summary>What people did, and were told that it was done.</summary>
    public IReadOnlyList<PersonsAct> Acts => _acts;

    private IEnumerable<GuestKey> Lines => _clients.Select(static client => client.Key)
        .Concat(BrowserIds.Select(browserId => Keyring.KeyOf(Tenant, BrowserGuests.Of(browserId))))
        .Concat(Subject is { } subject ? [subject.Key, subject.BrowserKey] : []);

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
            if (await TryActAsync(line, kind, choice))
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

    private async Task<bool> TryActAsync(GuestKey line, PersonsAct kind, int choice)
    {
        if (kind == PersonsAct.Pause)
            return await CallAsync(line, static guest => guest.Support.PauseAsync(Because)) is not null;
        if (kind == PersonsAct.Resume)
            return await CallAsync(line, static guest => guest.Support.ResumeAsync(Because));
        // A browser of others that moved to the subject would be erased with it.
        if (kind == PersonsAct.RedriveMoved && (BrowserIds.Count == 0 || line == Subject?.Key || line == Subject?.BrowserKey))
            return false;

        // Somebody looks at what is set aside, and acts on what it was like.
        var state = kind == PersonsAct.ResolveNotDelivered || choice == 1 ? "in_doubt" : "quarantined";
        var page = await CallAsync(
            line, guest => guest.Reading.ReadTimelineAsync(new TimelineQuery(state, null, 0, 1)));
        return page?.Events is [var aside, ..]
            && (await CallAsync(line, guest => ActAsync(guest, aside, kind, choice))).Status == ActStatus.Done;
    }

    private Task<ActAnswer> ActAsync(GuestRuntime guest, EventSummary aside, PersonsAct kind, int choice) => kind switch
    {
        PersonsAct.Discard => guest.Support.DiscardAsync(aside.EventId, Because),
        PersonsAct.ResolveDelivered => guest.Support.ResolveAsync(aside.EventId, delivered: true, Because),
        PersonsAct.ResolveNotDelivered => guest.Support.ResolveAsync(aside.EventId, delivered: false, Because),
        _ => guest.Support.RedriveAsync(new RedriveRequest(aside.EventId, kind switch
        {
            PersonsAct.RedriveEdited => Fixed(aside, browserId: null),
            PersonsAct.RedriveMoved => Fixed(aside, BrowserIds[choice % BrowserIds.Count]),
            _ => null,
        }, Because)),
    };

    private static StreamEvent Fixed(EventSummary aside, string? browserId) => new()
    {
        Type = aside.Type,
        Channel = SimulatedClient.Channel,
        PointOfSale = SimulatedClient.PointOfSale,
        BrowserId = browserId,
        Body = Utf8Json.Parse($$"""{"id":"{{aside.EventId}}"}"""),
        SessionTimeout = SimulatedClient.SessionTimeout,
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
