using System.Text;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Json;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>What grains answer to reads.</summary>
internal static class Views
{
    public static GuestView Guest() => new()
    {
        Guest = "cust-42",
        OpenedAt = ApiHost.Now.AddHours(-1),
        BrowserIds = ["5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"],
        Identifiers =
        [
            new Identifier("email", "niamh@harbourbikes.example"),
            new Identifier("CRM_ID", "HB-20417", "2027-01-01T00:00"),
        ],
        Sessions =
        [
            new SessionView(
                new UpstreamSession
                {
                    Number = 1,
                    Channel = "WEB",
                    PointOfSale = "harbourbikes/ie",
                    Timeout = TimeSpan.FromMinutes(20),
                    StartedAt = ApiHost.Now.AddHours(-1),
                    LastActivityAt = ApiHost.Now,
                    FirstPage = "/a",
                    LastPage = "/b",
                    Counts = new Dictionary<string, int> { ["VIEW"] = 2, ["site:CUSTOM"] = 1 },
                    Cart = new Cart
                    {
                        Lines = [new CartLine("TOUR2", 2, 749.5m), new CartLine("X", null, 1)],
                        Confirmed = true,
                    },
                },
                Open: true, EndedAt: null, CartType: null),
        ],
        Undelivered = 2,
        UndeliveredBytes = 812,
        Quarantined = 1,
        InDoubt = 0,
        Delivered = 7,
        LastSequence = 10,
        OldestPendingAt = ApiHost.Now.AddSeconds(-90),
        Delivery = "backing_off",
        NextAttemptAt = ApiHost.Now.AddSeconds(4),
        Limits = new LimitsView(
            new(2, 10_000), new(812, 8_388_608), new(1, 1000), new(400, 8_388_608), new(10, 10_000), new(2, 64)),
    };

    /// <summary>The guest's one session, changed.</summary>
    public static SessionView Session(Func<UpstreamSession, UpstreamSession> change)
    {
        var view = Guest().Sessions[0];
        return view with { Session = change(view.Session) };
    }

    /// <summary>A redrive with an edit.</summary>
    public static ReceiptAct Redriven(PersonAct act, byte[] edit, bool sessionClosed = false) => new(
        ActKind.Redriven,
        act,
        new EventEdit { Type = "VIEW", Channel = "WEB", PointOfSale = "harbourbikes/ie", Body = new Utf8Json(edit) },
        sessionClosed);

    public static EventSummary Summary(long sequence = 3) => new()
    {
        Sequence = sequence,
        EventId = $"b3f{sequence}",
        Type = "IDENTITY",
        ReceivedAt = ApiHost.Now,
        SentAt = ApiHost.Now.AddMilliseconds(250),
        State = "quarantined",
        Attempts = 1,
        Code = "refused",
    };

    public static EventDetail Detail() => new()
    {
        Summary = Summary(),
        Received = Encoding.UTF8.GetBytes(
            """{"type":"IDENTITY","identifiers":[{"provider":"CRM_ID","id":"HB-20417"}],"email":"niamh@harbourbikes.example"}"""),
        Attempts = [Attempt("""{"message":"bad","email":"niamh@harbourbikes.example"}""")],
    };

    public static Attempt Attempt(string answer) => new(1, ApiHost.Now, new AttemptResult(
        AttemptOutcome.Refused, ApiHost.Now.AddMilliseconds(12.5), TimeSpan.FromMilliseconds(12.5), 400, Answer: answer,
        Connection: ConnectionUse.Pooled));
}
