using System.Text;
using GuestSessions.Api.Tests.Hosting;
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
            new IdentifierMessage("email", "niamh@harbourbikes.example", null),
            new IdentifierMessage("CRM_ID", "HB-20417", "2027-01-01T00:00"),
        ],
        Sessions =
        [
            new SessionView(1, null, "WEB", "harbourbikes/ie", true, ApiHost.Now.AddHours(-1), ApiHost.Now, null,
                "/a", "/b", new Dictionary<string, int> { ["VIEW"] = 2, ["site:CUSTOM"] = 1 })
            {
                Events = 3,
                Cart = new CartView(null, [new CartLineView("TOUR2", 2, 749.5m, 1499m), new CartLineView("X", null, 1, null)],
                    2, null, Confirmed: true, Partial: false),
            },
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
        Attempts =
        [
            new AttemptView(1, ApiHost.Now, ApiHost.Now.AddMilliseconds(12.5), TimeSpan.FromMilliseconds(12.5), "refused",
                400, null, """{"message":"bad","email":"niamh@harbourbikes.example"}""", null)
            {
                Connection = "pooled",
            },
        ],
    };
}
