using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

public sealed partial class FakeGuest
{
    /// <summary>Set when the guest is erased.</summary>
    public ErasureView? Erasure { get; set; }

    /// <summary>Whether it rejects a change of its consent.</summary>
    public bool IsErased { get; set; }

    /// <summary>Set when consent is denied.</summary>
    public ActMessage? Denied { get; private set; }

    public Task<ConsentAnswer> ChangeConsentAsync(string guest, bool denied, ActMessage act)
    {
        Check();
        Denied = denied ? act : null;
        return Task.FromResult(new ConsentAnswer(IsErased, denied ? act.At(ApiHost.Now) : null, 0));
    }

    public Task<ActAnswer> BlankAsync(string eventId, ActMessage act)
    {
        Check();
        return Task.FromResult(Answer ?? new ActAnswer(ActStatus.NotFound));
    }

    public Task<ErasureView?> ReadErasureAsync()
    {
        Check();
        return Task.FromResult(Erasure);
    }

    public Task<bool> LiftErasureAsync(string guest, ActMessage act)
    {
        Check();
        var wasErased = Erasure is not null;
        Erasure = null;
        return Task.FromResult(wasErased);
    }
}
