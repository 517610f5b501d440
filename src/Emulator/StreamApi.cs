using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Http;

namespace GuestSessions.Emulator;

/// <summary>The rules of the Stream API, as far as they are documented.</summary>
internal sealed class StreamApi
{
    private const string Version = "1.2";

    private readonly HashSet<string> _keys;
    private readonly HashSet<string> _contextIds;
    private readonly Dictionary<string, PointOfSale> _byName;
    private readonly Dictionary<string, PointOfSale> _bySite;
    private readonly EventModel _model;
    private readonly GuestBook _guests;
    private readonly ArrivalLog _arrivals;

    public StreamApi(EmulatorSettings settings, EventModel model, GuestBook guests, ArrivalLog arrivals)
    {
        _model = model;
        _guests = guests;
        _arrivals = arrivals;
        _keys = new HashSet<string>(settings.KnownKeys, StringComparer.Ordinal);
        _contextIds = new HashSet<string>(settings.KnownContextIds, StringComparer.Ordinal);
        var pointsOfSale = settings.KnownPointsOfSale;

        // Tenants that share an emulator may share names; the time-out of the first one applies.
        _byName = pointsOfSale
            .DistinctBy(pos => pos.Name)
            .ToDictionary(pos => pos.Name, StringComparer.Ordinal);
        _bySite = pointsOfSale
            .SelectMany(pos => pos.SiteIds, (pos, site) => (Site: site, Pos: pos))
            .DistinctBy(entry => entry.Site)
            .ToDictionary(entry => entry.Site, entry => entry.Pos, StringComparer.Ordinal);
    }

    public Answer CreateBrowser(Caller caller)
    {
        if (!IsKnown(caller))
            return WrongKey(caller);
        var id = BrowserIds.Issue();
        return Answer.Ok(ReceiptOf(caller, id) with { CustomerRef = BrowserIds.CustomerOf(id).ToString() });
    }

    public Answer ShowBrowser(Caller caller, string browserId)
    {
        if (!IsKnown(caller))
            return WrongKey(caller);
        if (!BrowserIds.IsKnown(browserId, out var id))
        {
            var unknown = UnknownBrowser();
            return unknown with
            {
                Body = (ErrorBody)unknown.Body with
                {
                    ErrorMsg = "Browser not found",
                    MoreInfo = "https://doc.sitecore.com/",
                },
            };
        }

        return Answer.Ok(ReceiptOf(caller, id) with
        {
            Customer = new CustomerReference(_guests.ReferenceOf(id).ToString()),
        });
    }

    /// <param name="arrival">Its arrival number.</param>
    /// <param name="caller">The caller, with its credential from the query or the body, depending on the form.</param>
    /// <param name="message">Null if it was not a JSON object.</param>
    public Answer CreateEvent(long arrival, Caller caller, EventMessage? message)
    {
        if (message is null)
            return Malformed();
        if (!IsKnown(caller))
            return WrongKey(caller);
        if (message.BrowserId is null)
            return Answer.Error(400, "browser_id_missing", "/browser_id", "browser_id is missing.");
        if (message.Type is null)
            return Answer.Error(400, "type_missing", "/type", "type is missing.");
        if (!BrowserIds.IsKnown(message.BrowserId, out var id))
            return UnknownBrowser();

        var judgement = _model.Take(arrival, message, id, PointOfSaleOf(caller, message));
        return Answer.Created(
            ReceiptOf(caller, Guid.NewGuid()) with
            {
                CustomerRef = caller.Edge ? _guests.ReferenceOf(id).ToString() : null,
            },
            judgement);
    }

    /// <summary>Answers which events of the browser had arrived before this call.</summary>
    public Answer Decide(long arrival, Caller caller, DecisionMessage? message)
    {
        if (message is null)
            return Malformed();
        if (!IsKnown(caller))
            return WrongKey(caller);
        if (message.BrowserId is null)
            return Answer.Error(400, "browser_id_missing", "/browserId", "browserId is missing.");
        if (!BrowserIds.IsKnown(message.BrowserId, out var id))
            return UnknownBrowser();

        var events = _arrivals.Since(browserId: message.BrowserId)
            .Where(a => a.Number < arrival && a.IsEvent)
            .ToList();
        var kept = events.Where(a => a.Fate == Fate.Kept).ToList();
        return Answer.Ok(new Decision(
            "OK",
            message.FriendlyId,
            id.ToString(),
            _guests.ReferenceOf(id).ToString(),
            _guests.Of(message.BrowserId)?.Type ?? GuestType.Visitor,
            events.Count,
            kept.Count,
            kept.Count > 0 ? kept[^1].Number : null,
            new SortedDictionary<string, int>(
                kept.CountBy(a => a.Type!).ToDictionary(), StringComparer.Ordinal)));
    }

    private PointOfSale? PointOfSaleOf(Caller caller, EventMessage message) => caller.Edge
        ? _bySite.GetValueOrDefault(caller.SiteId ?? "")
        : _byName.GetValueOrDefault(message.Pos ?? "");

    private bool IsKnown(Caller caller) => caller.Credential is { } credential
        && (caller.Edge ? _contextIds : _keys).Contains(credential);

    private static Receipt ReceiptOf(Caller caller, Guid reference) =>
        new("OK", Version, caller.ClientKey, reference.ToString());

    private static Answer Malformed() =>
        Answer.Error(400, "malformed", "", "The message is not a JSON object.");

    private static Answer WrongKey(Caller caller) => caller.Edge
        ? Answer.Error(401, "unknown_context_id", "", "The context id is unknown.")
        : Answer.Error(401, "unknown_client_key", "/client_key", "The client key is unknown.");

    private static Answer UnknownBrowser() =>
        Answer.Error(404, "unknown_browser_id", "/browser_id", "The browser was not found.");
}
