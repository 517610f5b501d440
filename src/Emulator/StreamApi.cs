using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Http;
using GuestSessions.Emulator.Sessions;

namespace GuestSessions.Emulator;

/// <summary>The rules of the Stream API, as far as they are documented.</summary>
internal sealed class StreamApi(EmulatorSettings settings, SessionBook sessions)
{
    private const string Version = "1.2";

    private readonly HashSet<string> _keys = new(settings.KnownKeys, StringComparer.Ordinal);
    private readonly Dictionary<string, PointOfSale> _pointsOfSale =
        settings.KnownPointsOfSale.ToDictionary(pos => pos.Name, StringComparer.Ordinal);

    public Verdict CreateBrowser(string? clientKey)
    {
        if (!IsKnown(clientKey))
            return WrongKey();
        var id = BrowserIds.Issue();
        return new Verdict(Fate.Served, StatusCodes.Status200OK, ReceiptOf(clientKey!, id) with
        {
            CustomerRef = BrowserIds.CustomerOf(id).ToString(),
        });
    }

    public Verdict ShowBrowser(string? clientKey, string browserId)
    {
        if (!IsKnown(clientKey))
            return WrongKey();
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

        return new Verdict(Fate.Served, StatusCodes.Status200OK, ReceiptOf(clientKey!, id) with
        {
            Customer = new CustomerReference(BrowserIds.CustomerOf(id).ToString()),
        });
    }

    /// <param name="arrival">Its arrival number.</param>
    /// <param name="clientKey">From the query or the body, as the form has it.</param>
    /// <param name="message">Null when it was not a JSON object.</param>
    public Verdict CreateEvent(long arrival, string? clientKey, EventMessage? message)
    {
        if (message is null)
            return Verdict.Error(400, "malformed", "The message is not a JSON object.");
        if (!IsKnown(clientKey))
            return WrongKey();
        if (message.BrowserId is null)
            return Verdict.Error(400, "browser_id_missing", "browser_id is missing.");
        if (message.Type is null)
            return Verdict.Error(400, "type_missing", "type is missing.");
        if (!BrowserIds.IsKnown(message.BrowserId, out _))
            return UnknownBrowser();

        var receipt = ReceiptOf(clientKey!, Guid.NewGuid());
        if (message.Pos is null || !_pointsOfSale.TryGetValue(message.Pos, out var pos))
            return new Verdict(
                Fate.Swallowed, StatusCodes.Status201Created, receipt, "unknown_point_of_sale");

        sessions.Add(arrival, message, pos);
        return new Verdict(Fate.Kept, StatusCodes.Status201Created, receipt);
    }

    private bool IsKnown(string? clientKey) => clientKey is not null && _keys.Contains(clientKey);

    private static Receipt ReceiptOf(string clientKey, Guid reference) =>
        new("OK", Version, clientKey, reference.ToString());

    private static Verdict WrongKey() =>
        Verdict.Error(401, "unknown_client_key", "The client key is not known here.");

    private static Verdict UnknownBrowser() =>
        Verdict.Error(404, "unknown_browser_id", "The browser was not found.");
}
