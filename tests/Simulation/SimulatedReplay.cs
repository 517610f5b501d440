using GuestSessions.Core.Guests;
using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// A person who has a guest's delivered events delivered again: what the operation's grain does, cut short and begun again
/// as often as calls fail. It lives outside of every process and keeps what it saved.
/// </summary>
internal sealed class SimulatedReplay(World world, string guest, string operation)
{
    private readonly long _first = world.Random.Next(1, 4);
    private readonly GuestKey _key = world.Keyring.KeyOf(World.Tenant, guest);

    public string Guest { get; } = guest;

    public string Operation { get; } = operation;

    /// <summary>Null while it is not known to have begun.</summary>
    public OperationRecord? Record { get; private set; }

    /// <summary>It has ended, or the guest had never been seen.</summary>
    public bool IsDone { get; private set; }

    public async Task RunAsync()
    {
        while (!IsDone)
        {
            try
            {
                Record ??= await BeginAsync();
                if (Record is { EndedAt: null })
                    await new Replay(StepAsync, SaveAsync, world.Time).RunAsync(Record, CancellationToken.None);
                IsDone = true;
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 3_000)), world.Time);
            }
        }
    }

    private async Task<OperationRecord?> BeginAsync()
    {
        var act = new ActMessage("support-7", "because");
        var last = await world.CallAsync(_key, activation => activation.Replaying.BeginAsync(
            Operation, new ReplayRange(_first, long.MaxValue), act));
        return last is not { } covered ? null : new OperationRecord
        {
            Id = Operation,
            Tenant = World.Tenant,
            Kind = OperationRecord.ReplayKind,
            Act = act.At(world.Time.GetUtcNow()),
            First = _first,
            Last = covered,
            Next = _first,
            EndedAt = _first > covered ? world.Time.GetUtcNow() : null,
        };
    }

    private Task<ReplayProgressMade> StepAsync(OperationRecord record) => world.CallAsync(
        _key, activation => activation.Replaying.StepAsync(
            Operation, new ReplayRange(record.First, record.Last) { Orders = true }, record.Next));

    private async Task SaveAsync(OperationRecord record, IReadOnlyList<OperationItem> items)
    {
        await world.LoseSometimesAsync();
        Record = record;
        await world.LoseSometimesAsync();
    }
}
