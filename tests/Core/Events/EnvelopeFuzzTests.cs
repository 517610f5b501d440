using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class EnvelopeFuzzTests
{
    private static readonly string[] Seeds =
    [
        """
        {"event_id":"b3f1","guest":"cust-42","occurred_at":"2026-11-23T10:15:30.120Z",
         "event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/\ud83d\ude00",
          "pos":"harbourbikes/ie","ext":{"a":"v7","b":1.5e3},"session_data":{"x":true}}}
        """,
        """
        {"event":{"type":"IDENTITY","channel":"WEB","language":"EN","currency":"EUR","page":"p",
          "pos":"harbourbikes/de","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11",
          "identifiers":[{"provider":"CRM_ID","id":"é","expiry_date":"2030-01-01T00:00"}]}}
        """,
        """
        {"event":{"type":"ORDER_CHECKOUT","client_key":"","requested_at":"2026-11-23T10:15:30Z",
          "order":{"referenceId":"HB-1"}}}
        """,
        """{"identifiers":[{"provider":"p","id":"i"}],"profile":{"street":["a"],"email":"e"}}""",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "null", "true", "-",
        "1e999", "\"guest\":", "\"event\":{", "\"ext\":[", "[[[[[[[[[[[[[[[[[", "\0", "/", "~",
        "99999999999999999999", "\uFEFF",
    ];

    [Fact]
    public void Whatever_comes_is_answered_and_never_thrown()
    {
        // A fixed seed: the test runs the same bodies everywhere.
        var chance = new Random(20261123);
        var identifiers = new IdentifiersRequestReader(new IngestOptions(), new TenantRulesOptions());
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = Mutate(Utf8(Seeds[chance.Next(Seeds.Length)]), chance);

            var check = Reader.Read(body);
            var request = identifiers.Read(body, DateTimeOffset.UnixEpoch);

            Assert.Equal(check.Envelope is null, check.Errors.Count > 0);
            Assert.Equal(request.Request is null, request.Errors.Count > 0);
            Assert.All(check.Errors.Concat(request.Errors), error => Assert.NotEmpty(error.Detail));
            accepted += check.Envelope is null ? 0 : 1;
        }

        // The mutations are mild enough that both ways are walked.
        Assert.InRange(accepted, 200, 19_800);
    }

    private static byte[] Mutate(byte[] body, Random chance)
    {
        var bytes = new List<byte>(body);
        for (var times = chance.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(5))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Utf8(Pieces[chance.Next(Pieces.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
