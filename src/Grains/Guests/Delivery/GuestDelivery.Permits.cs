using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Delivery;

namespace GuestSessions.Grains.Guests.Delivery;

/// <summary>The permit that a guest needs before it writes a start.</summary>
internal sealed partial class GuestDelivery
{
    /// <summary>Stands for the address that sent the guest's last public event; 0 if it is unknown.</summary>
    public int Sender { get; set; }

    private static bool IsRetry(GuestSession state) => state.Line.Head is { Attempts: > 0 };

    private bool IsPublic(GuestSession state) => WitnessOf(state, state.Line.Head).Rank == ProbeRank.Public;

    private Witness WitnessOf(GuestSession state, LineEntry? head) => new(
        Key.Hash, FromBackend: head?.Event.FromPublicKey is not true, DeliveredBefore: state.DeliveredCount > 0);

    private Task AskAsync(GuestSession state)
    {
        if (_asking is not null)
            return Task.CompletedTask;
        var asking = _asking = new CancellationTokenSource();
        var granted = ports.Gate.AcquireAsync(
            Key.Tenant, IsRetry(state), WitnessOf(state, state.Line.Head).Rank, asking.Token, IsPublic(state) ? Sender : 0);
        return QuietlyAsync(async () =>
        {
            SendPermit permit;
            try
            {
                permit = await granted;
            }
            finally
            {
                _asking = null;
                asking.Dispose();
            }

            if (_permit is null && !_isStopped)
                _permit = permit;
            else
                ports.Gate.Release(permit);
            await PlanAsync();
        });
    }

    /// <summary>
    /// Takes the permit of a finished attempt for the next event if it may. Otherwise the dispatcher keeps it until the
    /// outcome is durable: a silo that drains waits for its permits, and must not end before that.
    /// </summary>
    private void TakeBack(long permitId, GuestSession state)
    {
        if (_permit is null && !_isStopped && ports.Dispatcher.PermitOf(permitId) is { } permit)
            ports.Gate.TryRenew(permit, IsPublic(state), out _permit);
    }

    private void ReleasePermit()
    {
        if (_permit is not { } permit)
            return;
        _permit = null;
        ports.Gate.Release(permit);
    }
}
