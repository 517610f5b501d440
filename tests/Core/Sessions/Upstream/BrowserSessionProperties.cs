using CsCheck;

namespace GuestSessions.Core.Tests.Sessions.Upstream;

/// <summary>
/// A browser's sessions are the browser's, whoever owns it: what we say of them is what the emulator makes of the same
/// events, however the owners' calls run into each other and wherever one breaks off.
/// </summary>
public sealed class BrowserSessionProperties
{
    private const int Iterations = 3_000;

    private static readonly Gen<(int Kind, int A, int B, int C)[]> Lives =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Array[1, 120];

    private static SharedBrowsers Live((int Kind, int A, int B, int C)[] life)
    {
        var lines = new SharedBrowsers(guests: 4);
        var posts = new List<IEnumerator<bool>>();
        foreach (var (kind, a, b, c) in life)
        {
            switch (kind)
            {
                case <= 4:
                    var browser = b % (lines.Browsers.Count + 1);
                    var post = lines.Post(
                        a % lines.Guests, browser == lines.Browsers.Count ? null : lines.Browsers[browser / 2],
                        SharedBrowsers.Types[c % SharedBrowsers.Types.Length], a % 3,
                        SharedBrowsers.Channels[b % 7 == 0 ? 1 : 0]).GetEnumerator();

                    // Most calls are answered before the next one comes.
                    if (kind > 1)
                        Finish(post);
                    else
                        posts.Add(post);
                    break;
                case <= 7 when posts.Count > 0:
                    if (!posts[b % posts.Count].MoveNext())
                        posts.RemoveAt(b % posts.Count);
                    break;
                case 8:
                    lines.Deliver();
                    break;
                case 9:
                    lines.Restart(a % lines.Guests);
                    break;
                default:
                    // The time-out itself, a moment before and after it, and shorter times.
                    lines.Now += TimeSpan.FromMinutes((b % 4) switch { 0 => 20, 1 => 7, 2 => 1, _ => 13 })
                        + TimeSpan.FromSeconds((c % 3) - 1);
                    break;
            }
        }

        return lines;
    }

    private static void Finish(IEnumerator<bool> post)
    {
        while (post.MoveNext())
        {
        }
    }

    [Fact]
    public void Sessions_and_carts_are_what_the_emulator_makes_of_the_same_events() => Lives.Sample(life =>
    {
        var lines = Live(life);
        foreach (var browser in lines.Browsers)
        {
            var (ours, theirs) = (lines.Ours(browser), lines.Theirs(browser));
            Assert.True(ours.SequenceEqual(theirs), $"""
                Ours of {browser}:
                {string.Join('\n', ours)}
                Theirs:
                {string.Join('\n', theirs)}
                {string.Join('\n', lines.Log)}
                """);
        }
    }, iter: Iterations);

    [Fact]
    public void Pre_flight_warns_of_what_the_emulator_misreads_and_of_nothing_else() =>
        Lives.Sample(life =>
        {
            var disagreements = Live(life).Disagreements;
            Assert.True(disagreements.Count == 0, string.Join("\n", disagreements));
        }, iter: Iterations);

    [Fact]
    public void What_came_with_a_browser_is_the_same_after_a_replay() =>
        Lives.Sample(life => Live(life).CheckReplay(), iter: Iterations);

    [Fact]
    public void The_lives_are_eventful()
    {
        var most = 0;
        Lives.Sample(life =>
        {
            var continued = Live(life).Continued;
            InterlockedMax(ref most, continued);
        }, iter: 500);

        Assert.True(most > 5, $"At most {most} events went on in a session of another line.");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
