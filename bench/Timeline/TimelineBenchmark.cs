using System.Diagnostics;
using System.Globalization;
using GuestSessions.Core;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Receipts;
using GuestSessions.Storage;
using GuestSessions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuestSessions.Bench.Timeline;

/// <summary>What a page and one event of a long history cost, beside a reading of the whole of it.</summary>
internal static class TimelineBenchmark
{
    private const int Rounds = 9;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int events)
    {
        var folder = Directory.CreateTempSubdirectory("timeline-");
        try
        {
            await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
            var store = new SqliteStore($"Data Source={folder.FullName}/sessions.db");
            await using var journal = new Journal(
                store, TimeProvider.System, services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), NullLogger<Journal>.Instance);
            await journal.OpenAsync(CancellationToken.None);
            var key = journal.Keyring.KeyOf("demo", "guest");
            var state = await FillAsync(journal, key, events);
            Console.WriteLine($"{Machine.Describe()}; load average {Machine.LoadAverage():F1}; {events:N0} events of one guest");
            await MeasureAsync(journal, key, state, events);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A guest that is delivered to as events come: each commit accepts one, ends one and starts one.</summary>
    private static async Task<GuestSession> FillAsync(Journal journal, GuestKey key, int events)
    {
        var state = new GuestSession(new SessionLimits());
        List<Task> appended = [];
        for (var sequence = 1; sequence <= events; sequence++)
        {
            List<SessionEvent> commit = sequence == 1 ? [new GuestOpened("guest", Start)] : [];
            if (sequence > 1)
                commit.Add(new EventDelivered(sequence - 1, 1, new AttemptResult(
                    AttemptOutcome.Delivered, Start, TimeSpan.FromMilliseconds(20), 201, "ref", """{"status":"OK"}""")));
            commit.Add(Recorded(sequence));
            commit.Add(new DeliveryStarted(sequence, 1, Start));
            commit.ForEach(state.Apply);
            state.Version++;
            appended.Add(journal.AppendAsync(
                new JournalEntry(key, "guest", state.Version, Start.AddSeconds(sequence), commit, true, [])
                {
                    Position = CommitPosition.Of(state),
                },
                out _, CancellationToken.None));
            if (appended.Count < 500)
                continue;
            await Task.WhenAll(appended);
            appended.Clear();
        }

        await Task.WhenAll(appended);
        return state;
    }

    private static async Task MeasureAsync(Journal journal, GuestKey key, GuestSession state, int events)
    {
        var receipts = new ReceiptReader(new SessionCommitter(key, state, kept: [], new Ports(journal), new Owner()), journal);
        var timeline = new TimelineReader(receipts);
        Console.WriteLine("| read | median of 9 | slowest |");
        Console.WriteLine("|---|---:|---:|");
        await ReportAsync("whole history, folded", rounds: 3, async () =>
        {
            var book = new ReceiptBook();
            await foreach (var commit in journal.ReadAsync(key, 0, CancellationToken.None))
            {
                foreach (var @event in commit.Events)
                    book.Apply(@event);
            }
        });
        await ReportAsync("newest 50", Rounds, () => timeline.ReadAsync(new TimelineQuery(null, null, 0, 50, Newest: true)));
        await ReportAsync("50 from the middle", Rounds, () => timeline.ReadAsync(new TimelineQuery(null, null, events / 2, 50)));
        await ReportAsync("oldest 500", Rounds, () => timeline.ReadAsync(new TimelineQuery(null, null, 0, 500)));
        await ReportAsync("quarantined", Rounds, () => timeline.ReadAsync(new TimelineQuery("quarantined", null, 0, 50)));
        await ReportAsync("an event remembered", Rounds, () => receipts.FindAsync($"e{events - 10}"));
        await ReportAsync("an event by its id in history", Rounds, () => receipts.FindAsync($"e{events / 2}"));
    }

    private static async Task ReportAsync(string what, int rounds, Func<Task> read)
    {
        List<double> took = [];
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await read();
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        took.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {took[rounds / 2]:N1} ms | {took[^1]:N1} ms |"));
    }

    private static EventRecorded Recorded(long sequence) => new()
    {
        Sequence = sequence,
        EventId = $"e{sequence}",
        Hash = new ContentHash((UInt128)sequence),
        Type = "VIEW",
        Channel = "WEB",
        PointOfSale = "harbourbikes/ie",
        Session = 1,
        Page = "/tourers",
        BrowserId = "11111111-2222-3333-4444-555555555555",
        ReceivedAt = Start.AddSeconds(sequence),
        OrderAt = Start.AddSeconds(sequence),
        Body = Body,
    };

    private static readonly Utf8Json Body = Utf8Json.Parse(
        """
        {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers","pos":"harbourbikes/ie",
        "browser_id":"11111111-2222-3333-4444-555555555555","ext":{"pageVariantId":"v7","campaign":"spring"}}
        """);

    private sealed class Ports(IJournal journal) : ICommitPorts
    {
        public IJournal Journal => journal;
        public TimeProvider Time => TimeProvider.System;
        public Patience Patience { get; } = new(Patience.WithTheStore, TimeProvider.System);
        public Guid Boot { get; } = Guid.NewGuid();
    }

    /// <summary>A guest of which nothing but the timeline is read.</summary>
    private sealed class Owner : ICommitterOwner
    {
        public void OnCommitting(SessionWork work)
        {
        }

        public void OnCommitted(GuestSession state)
        {
        }

        public void OnBroken(Exception exception) => throw exception;
    }
}
