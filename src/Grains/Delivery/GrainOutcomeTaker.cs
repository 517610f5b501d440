using GuestSessions.Core.Guests;

namespace GuestSessions.Grains.Delivery;

/// <summary>Brings outcomes to the guest's grain by an ordinary grain call.</summary>
public sealed class GrainOutcomeTaker(IGrainFactory grains) : IOutcomeTaker
{
    public Task TakeOutcomeAsync(GuestKey guest, OutcomeMessage outcome) =>
        grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).TakeOutcomeAsync(outcome);

    public Task TakeBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) =>
        grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).TakeBrowserIdAsync(answer);
}
