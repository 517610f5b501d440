using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Core.Tests.Privacy;

/// <summary>An erasure step by step, and from wherever a crash left it.</summary>
public sealed class ErasureTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeGuests _guests = new();
    private readonly List<OperationRecord> _saved = [];
    private readonly List<OperationItem> _items = [];

    /// <summary>How many saves the process still lives for.</summary>
    private int _lives = int.MaxValue;

    [Fact]
    public async Task Every_guest_is_erased_with_its_browsers_and_the_record_forgets_their_names()
    {
        _guests.Lines["anna"] = ["browser:1", "browser:2"];
        _guests.Lines["ben"] = [];

        var ended = await RunAsync(Begin("anna", "nobody", "ben"));

        var certificate = ended.Erasure!.Certificate;
        Assert.Equal((2, 2, 1), (certificate.Guests, certificate.Lines, certificate.Skipped));
        Assert.Equal(["anna", "ben", "browser:1", "browser:2"], _guests.Erased.Order(StringComparer.Ordinal));
        Assert.Equal(["erased", "skipped", "erased"], _items.Select(static item => item.Outcome));
        Assert.DoesNotContain("anna", string.Join("", _items), StringComparison.Ordinal);
        Assert.Equal((null, null, null), (ended.Erasure.Waiting, ended.Erasure.Begun, ended.Erasure.Named));
        Assert.True(certificate.Storage!.IsComplete);
    }

    [Fact]
    public async Task Everything_is_searched_a_second_time_once_nothing_can_still_write()
    {
        _guests.Lines["anna"] = [];

        await RunAsync(Begin("anna"));

        Assert.Equal(2, _guests.Cleared.Count(static name => name == "anna"));
        Assert.Equal(["anna"], _guests.Forgotten);
    }

    [Fact]
    public async Task A_crash_after_any_step_is_continued_to_the_same_end()
    {
        for (var lives = 0; lives < 5; lives++)
        {
            _guests.Lines["anna"] = ["browser:1"];
            _guests.Erased.Clear();
            _saved.Clear();
            _lives = lives;
            var begun = Begin("anna");
            await Assert.ThrowsAsync<IOException>(() => RunAsync(begun));
            _lives = int.MaxValue;

            var ended = await RunAsync(_saved.Count == 0 ? begun : _saved[^1]);

            Assert.Equal((1, 1), (ended.Erasure!.Certificate.Guests, ended.Erasure.Certificate.Lines));
            Assert.Equal(["anna", "browser:1"], _guests.Erased.Order(StringComparer.Ordinal));
            Assert.Null(ended.Erasure.Named);
        }
    }

    [Fact]
    public async Task A_browser_that_is_linked_meanwhile_is_erased_too()
    {
        _guests.Lines["anna"] = ["browser:1"];
        _guests.LinkedMeanwhile = "browser:2";

        await RunAsync(Begin("anna"));

        Assert.Contains("browser:2", _guests.Erased);
    }

    private static OperationRecord Begin(params string[] guests) => new()
    {
        Id = "op1",
        Tenant = "demo",
        Kind = OperationRecord.ErasureKind,
        Act = new PersonAct("kim", DateTimeOffset.UnixEpoch, "ticket"),
        Total = guests.Length,
        Erasure = new ErasureProgress { Waiting = [.. guests.Select(static (guest, at) => new ErasureTarget(guest, at + 1))] },
    };

    private async Task<OperationRecord> RunAsync(OperationRecord record)
    {
        var run = new Erasure(_guests, TimeSpan.FromSeconds(15), SaveAsync, _time).RunAsync(record, CancellationToken.None);
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        return await run;
    }

    private Task SaveAsync(OperationRecord record, IReadOnlyList<OperationItem> items)
    {
        if (_lives-- <= 0)
            throw new IOException("The process is killed.");
        _saved.Add(record);
        _items.AddRange(items);
        return Task.CompletedTask;
    }

    private sealed class FakeGuests : IErasedGuests
    {
        public Dictionary<string, List<string>> Lines { get; } = [];
        public HashSet<string> Erased { get; } = [];
        public List<string> Cleared { get; } = [];
        public List<string> Forgotten { get; } = [];
        public string? LinkedMeanwhile { get; set; }

        public Task<IReadOnlyList<string>?> ReadLinesAsync(string guest)
        {
            IReadOnlyList<string>? lines = Erased.Contains(guest) ? null : Lines.GetValueOrDefault(guest)?.ToArray();
            if (LinkedMeanwhile is { } linked)
                Lines[guest].Add(linked);
            LinkedMeanwhile = null;
            return Task.FromResult(lines);
        }

        public Task<ErasedStep> EraseAsync(string guest, string of, int lines, OperationRecord record)
        {
            if (Lines.TryGetValue(guest, out var linked) && !Erased.Contains(guest) && linked.Count != lines)
                return Task.FromResult(new ErasedStep(null, HasChanged: true));
            if (!Lines.ContainsKey(of))
                return Task.FromResult(default(ErasedStep));
            Erased.Add(guest);
            return Task.FromResult(new ErasedStep(new ErasedStanding(1, 0, 0, 0, null)));
        }

        public Task<ErasureCounts> ClearAsync(IReadOnlyList<string> guests)
        {
            Cleared.AddRange(guests);
            return Task.FromResult(ErasureCounts.None);
        }

        public Task<int> ForgetOperationsAsync(IReadOnlyList<string> guests)
        {
            Forgotten.AddRange(guests);
            return Task.FromResult(0);
        }

        public Task<StorageRemains> CompactAsync() => Task.FromResult(new StorageRemains("memory", IsComplete: true));

        public string HashOf(string guest) => "hash";
    }
}
