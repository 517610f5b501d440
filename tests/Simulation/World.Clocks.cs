using GuestSessions.TestDoubles;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The machines and their wall clocks, which are set at random; their uptimes tick alike. On one machine, restarts
/// included, no wait and no age may show it. From one machine to another only what waits too long would be wrong.
/// </summary>
internal sealed partial class World
{
    /// <summary>Longer than any run: whatever is found too old was aged by a clock that was set.</summary>
    private static TimeSpan MaxAge => 2 * LongestRun;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromDays(1),
    ];

    private const int StepsOfMany = 3;

    private readonly List<SetClock> _machines = [];

    private readonly Dictionary<string, DateTimeOffset> _accepted = [];

    public bool JumpsUptime { get; }

    /// <summary>How often a clock was set.</summary>
    public int ClocksSet { get; private set; }

    public bool HasOneMachine => _machines.Count == 1;

    /// <summary>What clocks have to do with, and went wrong.</summary>
    public List<string> ClockFaults { get; } = [];

    private SetClock AnyMachine => _machines[Random.Next(_machines.Count)];

    public SetClock NewMachine() => new(Time) { Boot = NewBoot() };

    /// <summary>What the guests of a machine go by.</summary>
    public TimeProvider ClockFor(SetClock machine) => JumpsUptime ? new JumpingUptime(machine) : machine;

    /// <summary>An event is about to be accepted.</summary>
    public void Stamped(SetClock machine, string eventId, DateTimeOffset at)
    {
        _accepted.TryAdd(eventId, Time.GetUtcNow());
        if ((at - machine.GetUtcNow()).Duration() > TimeSpan.FromMinutes(1))
            ClockFaults.Add($"{eventId} is stamped {at:O} when its machine says {machine.GetUtcNow():O}.");
    }

    /// <summary>When an event was accepted at the earliest, by a clock that is never wrong.</summary>
    public DateTimeOffset AcceptedAt(string eventId) => _accepted[eventId];

    private void SetUpMachines()
    {
        for (var i = Random.Next(1, 3); i > 0; i--)
            _machines.Add(NewMachine());
        if (!HasOneMachine)
            return;
        Options.Ingest.Limits = Limits with { DedupAge = MaxAge };
        if (Random.Next(2) == 0)
            Options.Tenants[Tenant].Delivery.MaxAge = MaxAge;
    }

    private void SetAClock()
    {
        // How much of what another machine's clock adds is time that passed, nobody knows: days of it would let ids be forgotten.
        AnyMachine.Offset = Steps[Random.Next(HasOneMachine ? Steps.Length : StepsOfMany)] * (Random.Next(2) == 0 ? 1 : -1);
        ClocksSet++;
    }

    private Guid NewBoot()
    {
        var id = new byte[16];
        Random.NextBytes(id);
        return new Guid(id);
    }
}
