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
        key.Hash, FromBackend: head?.Event.FromPublicKey is not true, DeliveredBefore: state.DeliveredCount > 0);

    private Task AskAsync(GuestSession state)
    {
        if (_asking)
            return Task.CompletedTask;
        _asking = true;
        var granted = _gate.AcquireAsync(
            key.Tenant, IsRetry(state), WitnessOf(state, state.Line.Head).Rank, _stopped.Token, IsPublic(state) ? Sender : 0);
        return QuietlyAsync(async () =>
        {
            SendPermit permit;
            try
            {
                permit = await granted;
            }
            finally
            {
                _asking = false;
            }

            if (_permit is null && !_stopped.IsCancellationRequested)
                _permit = permit;
            else
                _gate.Release(permit);
            await PlanAsync();
        });
    }

    /// <summary>
    /// Takes the permit of a finished attempt for the next event if it may. Otherwise the dispatcher keeps it until the
    /// outcome is durable: a silo that drains waits for its permits, and must not end before that.
    /// </summary>
    private void TakeBack(long permitId, GuestSession state)
    {
        if (_permit is null && !_stopped.IsCancellationRequested && _dispatcher.PermitOf(permitId) is { } permit)
            _gate.TryRenew(permit, IsPublic(state), out _permit);
    }

    private void ReleasePermit()
    {
        if (_permit is not { } permit)
            return;
        _permit = null;
        _gate.Release(permit);
    }
}
