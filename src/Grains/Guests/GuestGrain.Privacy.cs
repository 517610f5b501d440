using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Guests;

/// <summary>Consent and erasure, and what an erased guest does in memory.</summary>
public sealed partial class GuestGrain
{
    public Task<ConsentAnswer> ChangeConsentAsync(string guest, bool denied, ActMessage act) =>
        During(_guest.Consent.ChangeAsync(guest, denied, act));
    public Task<ActAnswer> BlankAsync(string eventId, ActMessage act) => During(_guest.Blanking.BlankAsync(eventId, act));
    public Task<ErasureView?> ReadErasureAsync() => During(_guest.Erasing.ReadAsync());
    public Task<bool> LiftErasureAsync(string guest, ActMessage act) => During(_guest.Erasing.LiftAsync(guest, act));
    public Task<IReadOnlyList<string>?> ReadLinesAsync() => During(_guest.Erasing.ReadLinesAsync());
    public Task<ErasedStep> EraseAsync(EraseMessage message) => During(_guest.Erasing.EraseAsync(message));

    private Task<T> During<T>(Task<T> call)
    {
        LeaveIfErased();
        return _residence.DuringAsync(call);
    }

    private Task During(Task call)
    {
        LeaveIfErased();
        return _residence.DuringAsync(call);
    }

    /// <summary>An erased guest stays in memory for its call only, so that it notices at once when the erasure is lifted.</summary>
    private void LeaveIfErased()
    {
        if (_guest.IsErased)
            DeactivateOnIdle();
    }

    /// <summary>
    /// A read that began before the guest was erased finds nothing, as one that begins now: part of its history may be gone.
    /// </summary>
    private async Task<T?> Reading<T>(Task<T?> call)
        where T : class
    {
        var read = await During(call);
        return _guest.IsErasing ? null : read;
    }
}
