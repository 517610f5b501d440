using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>Denies and grants the consent of one guest.</summary>
internal sealed class Consent(SessionCommitter committer, GuestPorts ports, TenantOptions tenant, GuestRuntime guest)
{
    /// <summary>See <see cref="IGuestGrain.ChangeConsentAsync"/>.</summary>
    public async Task<ConsentAnswer> ChangeAsync(string name, bool denied, ActMessage act)
    {
        if (guest.IsErased)
            return new ConsentAnswer(IsErased: true, null, 0);
        return await committer.EnterAsync(work =>
        {
            var dropped = work.Do(Decider.ChangeConsent(work.State, new ChangeConsent(
                name, denied, tenant.OnConsentDenied == WaitingOnDenial.Drop, act.At(committer.Clock.GetUtcNow()))));
            for (var i = 0; i < dropped; i++)
                ports.Instruments.Dropped(committer.Key.Tenant, Core.Events.EventCodes.NoConsent);
            return new ConsentAnswer(IsErased: false, work.State.ConsentDenied, dropped);
        });
    }
}
