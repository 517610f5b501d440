using CsCheck;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>What holds for every browser, however its guests' calls run into each other and wherever one breaks off.</summary>
public sealed class LinkingProperties
{
    /// <summary>Interleavings are many and the bad ones rare.</summary>
    private const int Iterations = 5_000;

    private static readonly Gen<(int Kind, int A, int B)[]> Lives =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 100], Gen.Int[0, 100]).Array[1, 150];

    private static LinkedLines Live((int Kind, int A, int B)[] life, bool settling)
    {
        var lines = new LinkedLines(guests: 3, settling);
        var posts = new List<IEnumerator<bool>>();
        foreach (var (kind, a, b) in life)
        {
            var guest = a % lines.Guests;
            switch (kind)
            {
                case 0 or 1:
                    posts.Add(lines.Post(guest, LinkedLines.Browsers[b % 2], b % 5).GetEnumerator());
                    break;
                case 2 or 3 or 4 when posts.Count > 0:
                    if (!posts[b % posts.Count].MoveNext())
                        posts.RemoveAt(b % posts.Count);
                    break;
                case 5 or 6:
                    lines.Start(guest);
                    break;
                case 7:
                    lines.End(guest, (AttemptOutcome)(b % 6));
                    break;
                case 8:
                    lines.Ask(guest);
                    break;
                default:
                    lines.Now += TimeSpan.FromMilliseconds(b * 40);
                    break;
            }
        }

        Drain(lines);
        return lines;
    }

    /// <summary>What was begun and not finished stays so; delivery goes on.</summary>
    private static void Drain(LinkedLines lines)
    {
        for (var round = 0; round < 1_000 && !lines.IsQuiet; round++)
        {
            lines.Now += TimeSpan.FromMinutes(10);
            for (var guest = 0; guest < lines.Guests; guest++)
            {
                lines.Ask(guest);
                lines.Start(guest);
                lines.End(guest, AttemptOutcome.Delivered);
            }
        }
    }

    [Fact]
    public void No_line_waits_for_ever() =>
        Gen.Select(Lives, Gen.Bool).Sample(
            (life, settling) => Assert.True(Live(life, settling).IsQuiet), iter: Iterations);

    [Fact]
    public void Every_accepted_event_arrives_once() =>
        Gen.Select(Lives, Gen.Bool).Sample((life, settling) =>
        {
            var lines = Live(life, settling);

            Assert.Equal(
                lines.Accepted.Select(taken => taken.EventId).Order(),
                lines.Arrived.Select(arrived => arrived.EventId).Order());
        }, iter: Iterations);

    [Fact]
    public void A_browsers_events_arrive_in_the_order_its_lines_took_them() =>
        Lives.Sample(life =>
        {
            var lines = Live(life, settling: false);
            foreach (var browser in LinkedLines.Browsers)
            {
                Assert.Equal(
                    lines.Accepted.Where(taken => taken.Browser == browser).Select(taken => taken.EventId),
                    lines.Arrived.Where(arrived => arrived.Browser == browser).Select(arrived => arrived.EventId));
            }
        }, iter: Iterations);

    [Fact]
    public void With_settle_no_owner_of_a_browser_sends_before_the_owner_before_it() =>
        Lives.Sample(life =>
        {
            var lines = Live(life, settling: true);
            var turns = lines.Accepted.ToDictionary(taken => taken.EventId, taken => taken.Turn);
            foreach (var browser in LinkedLines.Browsers)
            {
                var arrived = lines.Arrived.Where(arrived => arrived.Browser == browser)
                    .Select(arrived => turns[arrived.EventId]).ToList();
                Assert.Equal(arrived.Order(), arrived);
            }
        }, iter: Iterations);

    [Fact]
    public void The_lives_are_eventful()
    {
        var turns = new HashSet<long>();
        Lives.Sample(life =>
        {
            var lines = Live(life, settling: false);
            lock (turns)
                turns.UnionWith(lines.Accepted.Select(taken => taken.Turn));
        }, iter: Iterations);

        Assert.Contains(turns, turn => turn > 3);
    }
}
