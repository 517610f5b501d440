using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class DedupWindowTests
{
    private static readonly SessionLimits Limits = new() { DedupIds = 150, DedupAge = TimeSpan.FromTicks(400) };

    [Fact]
    public void The_window_knows_the_same_ids_as_a_list_of_them_however_long_it_is()
    {
        var step = Gen.Select(Gen.Int[0, 120], Gen.Int[0, 9]);
        step.List[0, 600].Sample(steps =>
        {
            var window = new DedupWindow(Limits);
            List<RememberedId> known = [];
            var (now, sequence) = (1_000L, 0L);
            foreach (var (name, wait) in steps)
            {
                now += wait == 9 ? 100 : wait / 4;
                var id = Id(name, ++sequence, now);
                if (window.TryGet(Name(name), out var first))
                {
                    Assert.Equal(known.Single(other => other.Id == id.Id), first);
                    continue;
                }

                Assert.DoesNotContain(known, other => other.Id == id.Id);
                window.Add(id);
                known.Add(id);
                known.RemoveAll(other => now - other.ReceivedAtTicks > Limits.DedupAge.Ticks);
                known.RemoveRange(0, Math.Max(0, known.Count - Limits.DedupIds));
                if (wait == 5)
                    window = Restored(window);
            }

            Assert.Equal(known, window.ToArray());
        });
    }

    [Fact]
    public void A_full_window_takes_at_most_64_bytes_an_id()
    {
        const int ids = 10_000;
        RememberedId[] all = [.. Enumerable.Range(1, ids).Select(static number => Id(number, number, 1_000))];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var window = new DedupWindow(new SessionLimits { DedupIds = ids });
        window.Restore(all);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(ids, window.Count);
        Assert.InRange(bytes, ids * RememberedIdSize, ids * 64);
    }

    [Fact]
    public void An_id_takes_56_bytes_and_its_content_is_not_lost_when_it_is_stored()
    {
        var id = new RememberedId(RememberedId.HashOf("order-42:paid"), new ContentHash(UInt128.MaxValue - 5), 42, 7, 8);
        var snapshot = new SessionSnapshot
        {
            Version = 1,
            Guest = "cust-42",
            OpenedAt = default,
            LastSequence = 42,
            LastSession = 0,
            Remembered = [id],
        };

        var text = JsonSerializer.Serialize(snapshot);

        Assert.Equal(56, Unsafe.SizeOf<RememberedId>());
        Assert.Equal(id, Assert.Single(JsonSerializer.Deserialize<SessionSnapshot>(text)!.Remembered));
    }

    [Fact]
    public void Ids_of_any_length_have_the_hash_of_their_text()
    {
        foreach (var text in (string[])["", "a", "ä", new string('x', 170), new string('x', 171), new string('€', 5_000)])
            Assert.Equal(ContentHash.Of(Encoding.UTF8.GetBytes(text)).Value, RememberedId.HashOf(text));
    }

    private static string Name(int number) => $"event-{number}";

    private static RememberedId Id(int name, long sequence, long at) =>
        new(RememberedId.HashOf(Name(name)), new ContentHash((UInt128)name), sequence, at);

    private static int RememberedIdSize => Unsafe.SizeOf<RememberedId>();

    private static DedupWindow Restored(DedupWindow window)
    {
        var restored = new DedupWindow(Limits);
        restored.Restore(window.ToArray());
        return restored;
    }
}
