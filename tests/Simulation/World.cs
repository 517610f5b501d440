using GuestSessions.Core;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Guests;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// Silos, their disk, the upstream and the clients of one run, all driven by one seed: which ready thing runs next,
/// how long things take, what fails, who is killed or stopped.
/// </summary>
internal sealed partial class World
{
    public const string Tenant = "demo";

    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(6);

    private readonly List<SimulatedProcess> _processes = [];
    private readonly Dictionary<GuestKey, SimulatedProcess> _owners = [];
    private readonly List<SimulatedClient> _clients = [];
    private readonly List<SimulatedBrowser> _browsers = [];
    private readonly SimulatedProcess _outside;

    /// <param name="jumpsUptime">A planted fault: see <see cref="JumpingUptime"/>.</param>
    public World(int seed, bool jumpsUptime = false)
    {
        JumpsUptime = jumpsUptime;
        Seed = seed;
        Random = new Random(seed);
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        Scheduler = new SeededScheduler(Random);
        Store = new FaultyStore(Random, Time);
        Upstream = new SimulatedUpstream(Random, Time);
        Settle = Random.Next(3) == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
        Options.Ingest.Limits = new SessionLimits { CommitsPerSnapshot = 5, CommitsPerIdleSnapshot = 3 };
        Options.Tenants[Tenant] = new TenantOptions();
        Options.Tenants[Tenant].Delivery.Settle = Settle;
        Options.Delivery.InFlight = Random.Next(1, 5);
        SetUpMachines();
        _outside = new SimulatedProcess(this, NewMachine());
        for (var i = Random.Next(1, 3); i > 0; i--)
            _processes.Add(new SimulatedProcess(this, AnyMachine));
        for (var i = Random.Next(1, 4); i > 0; i--)
            _clients.Add(new SimulatedClient(this, $"guest-{i}", Random.Next(3, 15)));

        // The last is one that the upstream may also give to a guest of its own.
        BrowserIds = Random.Next(3) == 0 ? [] : ((string[])["cookie-1", "cookie-2", "browser-1"])[..Random.Next(1, 4)];
        foreach (var browserId in BrowserIds)
            _browsers.Add(new SimulatedBrowser(this, browserId, Random.Next(1, 12)));
    }

    public int Seed { get; }
    public Random Random { get; }
    public FakeTimeProvider Time { get; }
    public SeededScheduler Scheduler { get; }
    public FaultyStore Store { get; }
    public SimulatedUpstream Upstream { get; }
    public SessionsOptions Options { get; } = new();
    public SessionLimits Limits => Options.Ingest.Limits;
    public GuestKeyring Keyring { get; } = new(new byte[GuestKeyring.SecretLength]);
    public IReadOnlyList<SimulatedClient> Clients => _clients;

    /// <summary>The browsers whose SDKs send, and that backends name.</summary>
    public IReadOnlyList<string> BrowserIds { get; }

    public IReadOnlyList<SimulatedBrowser> Browsers => _browsers;

    /// <summary>Requests that may have been cut short by a fault: each is a duplicate that may be.</summary>
    public int CutShort { get; private set; }

    /// <summary>Once a process was stopped and another took its guests, both answer until the journal fences one.</summary>
    public bool HadTwoOwners { get; private set; }

    /// <summary>How long the tenant's events wait for older ones.</summary>
    public TimeSpan Settle { get; }

    /// <summary>How often a process stopped sending because nothing came through.</summary>
    public int CircuitsOpened { get; set; }

    /// <summary>Requests that a process had under way beyond its bound.</summary>
    public int Overruns { get; set; }

    /// <summary>Permits that are out; none when everything is done.</summary>
    public int PermitsOut => _processes.Sum(static process => process.InFlight);

    /// <summary>How likely a message is lost.</summary>
    private double Trouble { get; set; }

    /// <summary>
    /// A call to the guest's activation, wherever the cluster believes it lives. Messages take time and get lost, and a
    /// caller's patience ends.
    /// </summary>
    public async Task<T> CallAsync<T>(GuestKey guest, Func<GuestRuntime, Task<T>> call)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Next(1, 5)), Time);
        await LoseSometimesAsync();
        var answer = await WithPatienceAsync(OwnerOf(guest).InvokeAsync(guest, call));
        await LoseSometimesAsync();
        return answer;
    }

    public Task CallAsync(GuestKey guest, Func<GuestRuntime, Task> call) => CallAsync(guest, async activation =>
    {
        await call(activation);
        return true;
    });

    public Task LoseSometimesAsync() => Random.NextDouble() < Trouble
        ? Task.FromException(new IOException("Simulated loss of a message."))
        : Task.CompletedTask;

    /// <summary>Lives through trouble, then heals, and runs until everything is done.</summary>
    public void Run()
    {
        BeginWatching();
        BeginErasing();
        _outside.Enter(() =>
        {
            foreach (var client in _clients)
                _ = client.RunAsync();
            foreach (var browser in _browsers)
                _ = browser.RunAsync();
        });
        for (var turns = Random.Next(20, 120); turns > 0; turns--)
        {
            Disturb();
            Go(TimeSpan.FromMilliseconds(Random.Next(1, 600)));
        }

        Heal();
        var deadline = Time.GetUtcNow() + LongestRun;
        while (!IsDone())
        {
            if (_erasing.IsFaulted)
                throw new HistoryViolation(Seed, $"The erasure failed: {_erasing.Exception}");
            Act();
            ResumeAll();
            if (Time.GetUtcNow() > deadline)
                throw new HistoryViolation(Seed, $"I1: the run does not end: {Unfinished()}.");
            Sweep();
            Go(TimeSpan.FromSeconds(Random.Next(1, 20)));
        }
    }

    private void Disturb()
    {
        switch (Random.Next(44))
        {
            case 0:
                Kill(_processes[Random.Next(_processes.Count)]);
                break;
            case 1 or 2:
                var process = _processes[Random.Next(_processes.Count)];
                process.IsStopped = !process.IsStopped;
                break;
            case 3 or 4:
                Trouble = Random.Next(3) * 0.05;
                break;
            case 5 or 6:
                Store.Trouble = Random.Next(3) * 0.1;
                break;
            case 7 or 8:
                Upstream.Trouble = Random.Next(4) * 0.2;
                break;
            case 9:
                Upstream.RefusesKey = Random.Next(2) == 0;
                break;
            case 10 or 11:
                Sweep();
                break;
            case >= 11 and <= 17:
                Act();
                break;
            case 18 or 19:
                BeginReplay();
                break;
            case 20 or 21:
                SetAClock();
                break;
            case 22:
                LimitCapacity();
                break;
            case 23:
                ShedAGuest();
                break;
            case 24:
                DeactivateAGuest();
                break;
        }
    }

    private void Kill(SimulatedProcess process)
    {
        CutShort += process.InFlight;
        process.Kill();
        _processes.Remove(process);
        _processes.Add(new SimulatedProcess(this, AnyMachine));
    }

    private void Heal()
    {
        Trouble = Store.Trouble = Upstream.Trouble = 0;
        Upstream.RefusesKey = false;
        foreach (var process in _processes)
        {
            process.IsStopped = false;
            process.Capacity.Free();
        }
    }

    /// <summary>What the recovery service does.</summary>
    private void Sweep() => _outside.Enter(() =>
    {
        foreach (var guest in Store.ReadPendingAsync(null, 100, CancellationToken.None).Result)
            _ = EnsureDeliveringAsync(guest);
    });

    private async Task EnsureDeliveringAsync(GuestKey guest)
    {
        try
        {
            await CallAsync(guest, static activation => activation.EnsureDeliveringAsync());
        }
        catch (Exception)
        {
            // The next sweep comes by again.
        }
    }

    private bool IsDone() =>
        _clients.TrueForAll(static client => client.IsDone)
        && _browsers.TrueForAll(static browser => browser.IsDone)
        && _replays.TrueForAll(static replay => replay.IsDone)
        && Subject is not { IsDone: false }
        && PermitsOut == 0
        && _actsUnderWay == 0
        && Store.ReadPendingAsync(null, 1, CancellationToken.None).Result.Count == 0;

    private string Unfinished() => string.Join(", ", (string[])
    [
        .. _clients.Where(static client => !client.IsDone).Select(static client => $"{client.Guest} posts"),
        .. _browsers.Where(static browser => !browser.IsDone).Select(static browser => $"{browser.BrowserId} posts"),
        .. Subject is { IsDone: false } ? ["the subject is being erased"] : (string[])[],
        $"{PermitsOut} permits and {_actsUnderWay} acts are out",
        $"{Store.ReadPendingAsync(null, 100, CancellationToken.None).Result.Count} lines wait",
    ]);

    private void Go(TimeSpan span)
    {
        // In steps, so that timers of different times fire in their order and their consequences get to run.
        var until = Time.GetUtcNow() + span;
        while (Time.GetUtcNow() < until)
        {
            Scheduler.RunAll();
            var left = until - Time.GetUtcNow();
            var step = TimeSpan.FromMilliseconds(Random.Next(1, span > TimeSpan.FromSeconds(1) ? 2_000 : 60));
            Time.Advance(step < left ? step : left);
        }

        Scheduler.RunAll();
    }

    private SimulatedProcess OwnerOf(GuestKey guest)
    {
        if (_owners.TryGetValue(guest, out var owner) && !owner.IsDead && !owner.IsStopped)
            return owner;
        if (owner is { IsStopped: true, IsDead: false })
            HadTwoOwners = true;
        var alive = _processes.Where(process => !process.IsDead && !process.IsStopped).ToList();
        return alive.Count > 0
            ? _owners[guest] = alive[Random.Next(alive.Count)]
            : throw new IOException("No silo answers.");
    }

    // Task.WaitAsync would go through the thread pool, and with it the seed's grip on the order of things.
    private async Task<T> WithPatienceAsync<T>(Task<T> call)
    {
        var answer = new TaskCompletionSource<T>();
        await using var timer = Time.CreateTimer(
            _ => answer.TrySetException(new TimeoutException("No answer.")), null, TimeSpan.FromSeconds(10),
            Timeout.InfiniteTimeSpan);
        _ = ForwardAsync();
        return await answer.Task;

        async Task ForwardAsync()
        {
            try
            {
                answer.TrySetResult(await call);
            }
            catch (Exception exception)
            {
                answer.TrySetException(exception);
            }
        }
    }
}
