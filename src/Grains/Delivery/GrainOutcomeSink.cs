using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Delivery;

/// <summary>Reports outcomes to the guest's grain with an ordinary grain call.</summary>
public sealed class GrainOutcomeSink(IGrainFactory grains) : IOutcomeSink
{
    public Task ReportOutcomeAsync(GuestKey guest, OutcomeMessage outcome) =>
        grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).ReportOutcomeAsync(outcome);

    public Task ReportBrowserIdAsync(GuestKey guest, BrowserIdMessage answer) =>
        grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).ReportBrowserIdAsync(answer);
}
