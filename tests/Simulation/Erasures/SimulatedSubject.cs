using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Simulation.Tests.Erasures;

/// <summary>
/// A guest with a browser of its own, whose backend and SDK go on sending while it is erased: what the operation's grain
/// does, cut short and begun again as often as calls fail. Some are lifted afterwards, and start anew. It lives outside of
/// every process and keeps what it was told.
/// </summary>
internal sealed class SimulatedSubject(World world, int events) : IErasedGuests
{
    public const string Guest = "subject";
    public const string BrowserId = "subject-browser";

    /// <summary>As long as production waits before it searches a second time.</summary>
    private static readonly TimeSpan SecondSearchAfter = TimeSpan.FromSeconds(15);

    private static readonly ActMessage Because = new("officer-1", "ticket 4711");

    private readonly bool _isLifted = world.Random.Next(2) == 0;

    public GuestKey Key { get; } = KeyOf(world, Guest);

    public GuestKey BrowserKey { get; } = KeyOf(world, BrowserGuests.Of(BrowserId));

    /// <summary>Every answer, and when it was asked for.</summary>
    public List<SubjectAnswer> Answers { get; } = [];

    /// <summary>The operation as it was saved last.</summary>
    public OperationRecord Record { get; private set; } = null!;

    /// <summary>When it was known that the tombstone of the guest is durable.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>When it was known that nothing more is erased.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When somebody began to take the tombstone away.</summary>
    public DateTimeOffset? LiftedAt { get; private set; }

    /// <summary>The browsers that were erased with it.</summary>
    public HashSet<string> Browsers { get; } = [];

    public bool IsDone { get; private set; }

    public static bool Sent(string eventId) => eventId.StartsWith($"{Guest}-", StringComparison.Ordinal);

    /// <summary>The ids of events that were sent after the tombstone was taken away.</summary>
    public IReadOnlyList<string> Anew { get; private set; } = [];

    public async Task RunAsync()
    {
        await PostFromBrowserAsync("sdk-0", 0);
        await PostAsync("backend-0", 0, BrowserId);
        var posting = Task.WhenAll(PostAllAsync("backend", PostAsync), PostAllAsync("sdk", (id, number, _) => PostFromBrowserAsync(id, number)));
        await WaitAsync(8_000);
        await EraseAsync();
        await posting;
        await PostAsync("late", 4, browserId: null);
        await PostAsync("late-of-browser", 5, BrowserId);
        await PostFromBrowserAsync("late-sdk", 6);
        if (_isLifted)
            await StartAnewAsync();
        IsDone = true;
    }

    Task<IReadOnlyList<string>?> IErasedGuests.ReadLinesAsync(string guest) =>
        world.CallAsync(KeyOf(world, guest), static activation => activation.Erasing.ReadLinesAsync());

    async Task<ErasedStep> IErasedGuests.EraseAsync(string guest, string of, int lines, OperationRecord record)
    {
        var step = await world.CallAsync(KeyOf(world, guest), async activation =>
        {
            if (!activation.IsErased)
                Browsers.UnionWith(await activation.ReadAsync(static state => state.Browsers.All.Select(static link => link.BrowserId)));
            return await activation.Erasing.EraseAsync(new EraseMessage(
                guest, KeyOf(world, of).ToString(), lines, record.Id, record.Act, record.Act.At.AddDays(1)));
        });
        if (guest == Guest && step.Standing is not null)
            ErasedAt ??= world.Time.GetUtcNow();
        return step;
    }

    Task<ErasureCounts> IErasedGuests.ClearAsync(IReadOnlyList<string> guests) => world.Store.Erasures.ClearAsync(
        [.. guests.Select(guest => new ErasedRows(KeyOf(world, guest), guest, KeyOf(world, guest).Hash))], CancellationToken.None);

    Task<int> IErasedGuests.ForgetOperationsAsync(IReadOnlyList<string> guests) => Task.FromResult(0);

    Task<StorageRemains> IErasedGuests.CompactAsync() => world.Store.Erasures.CompactAsync(CancellationToken.None);

    string IErasedGuests.HashOf(string guest) => KeyOf(world, guest).HashText;

    private static GuestKey KeyOf(World world, string guest) => world.Keyring.KeyOf(World.Tenant, guest);

    private async Task EraseAsync()
    {
        Record = Begin();
        while (Record.EndedAt is null)
        {
            try
            {
                await new Erasure(this, SecondSearchAfter, SaveAsync, world.Time).RunAsync(Record, CancellationToken.None);
            }
            catch (Exception trouble) when (World.IsTrouble(trouble))
            {
                await WaitAsync(3_000);
            }
        }

        EndedAt = world.Time.GetUtcNow();
    }

    private OperationRecord Begin()
    {
        var now = world.Time.GetUtcNow();
        return new OperationRecord
        {
            Id = "erasure-1",
            Tenant = World.Tenant,
            Kind = OperationRecord.ErasureKind,
            Act = Because.At(now),
            Erasure = new ErasureProgress
            {
                Waiting = [new ErasureTarget(Guest, 1)],
                Certificate = ErasureCertificate.Empty with { FileUntil = now.AddDays(1) },
            },
        };
    }

    private async Task SaveAsync(OperationRecord record, IReadOnlyList<OperationItem> items)
    {
        await world.LoseSometimesAsync();
        Record = record;
        await world.LoseSometimesAsync();
    }

    private async Task StartAnewAsync()
    {
        LiftedAt = world.Time.GetUtcNow();
        while (!await IsLiftedAsync())
            await WaitAsync(1_000);
        Anew = ["anew-1", "anew-2"];
        foreach (var id in Anew)
            await PostAsync(id, 4, BrowserId);
    }

    /// <summary>An answer that got lost may have lifted it: then there is no tombstone any more.</summary>
    private async Task<bool> IsLiftedAsync()
    {
        try
        {
            return await world.CallAsync(Key, static activation => activation.Erasing.LiftAsync(Guest, Because))
                || await world.Store.Erasures.ReadAsync(Key, CancellationToken.None) is null;
        }
        catch (Exception trouble) when (World.IsTrouble(trouble))
        {
            return false;
        }
    }

    private async Task PostAllAsync(string prefix, Func<string, int, string?, Task> post)
    {
        for (var number = 1; number < events; number++)
        {
            await post($"{prefix}-{number}", number, number % 2 == 0 ? BrowserId : null);
            await WaitAsync(900);
        }
    }

    private Task PostAsync(string id, int number, string? browserId) => UntilAnsweredAsync(id, async () =>
    {
        var request = new RecordRequest(Guest, [SimulatedClient.Event(world, $"{Guest}-{id}", number, browserId)], null);
        return (await world.CallAsync(Key, activation => activation.Recording.RecordAsync(request))).Results[0];
    });

    private Task PostFromBrowserAsync(string id, int number) => UntilAnsweredAsync(id, async () =>
    {
        var row = await world.Store.Owners.ReadAsync(
            world.Keyring.HashOf(World.Tenant, SearchTerm.BrowserId(BrowserId)), CancellationToken.None);
        var guest = row is { Name.Length: > 0 } ? row.Name : BrowserGuests.Of(BrowserId);
        var request = new BrowserEvent(
            guest, SimulatedClient.Event(world, $"{Guest}-{id}", number, BrowserId), null, AdmitsNew: true, TraceParent: null);
        return await world.CallAsync(KeyOf(world, guest), activation => activation.RecordFromBrowserAsync(request));
    });

    private async Task UntilAnsweredAsync(string id, Func<Task<RecordResult>> post)
    {
        while (true)
        {
            var asked = world.Time.GetUtcNow();
            try
            {
                if (await post() is { Status: not RecordStatus.Retry } result)
                {
                    Answers.Add(new SubjectAnswer($"{Guest}-{id}", result, asked));
                    return;
                }
            }
            catch (Exception trouble) when (World.IsTrouble(trouble))
            {
                // Nobody knows whether it was recorded: the same again tells.
            }

            await WaitAsync(500);
        }
    }

    private Task WaitAsync(int atMost) => Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, atMost)), world.Time);
}

/// <param name="Asked">When the call began that was answered.</param>
internal sealed record SubjectAnswer(string EventId, RecordResult Result, DateTimeOffset Asked)
{
    public bool IsErased => Result is { Status: RecordStatus.Rejected, Code: EventCodes.GuestErased };
}
