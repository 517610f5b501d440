using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Linking;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuestSessions.Grains.Tests;

public sealed class GuestLinkingTests : IBrowserLedger, ILines
{
    private const string Guest = "cust-42";
    private const string Browser = "browser-of-another";

    private static readonly GuestKey Other = new("demo", 7);

    private readonly Fixture _guest = new(withDelivery: false);
    private readonly TaskCompletionSource<ReleaseOutcome> _release = new();
    private readonly GuestLinking _linking;
    private BrowserOwner _owner = new(Other, "cust-7", Generation: 3, Previous: null);

    public GuestLinkingTests()
    {
        var drains = new DrainWatch(_guest.Key, _guest.Door, this, static _ => { }, NullLogger.Instance);
        var claims = new BrowserClaims(_guest.Key, this, _guest.Journal.Keyring, this, _guest.Time);
        _linking = new GuestLinking(_guest.Door, claims, drains);
    }

    [Fact]
    public async Task An_event_of_a_browser_that_the_guest_is_about_to_own_waits_and_is_recorded_with_it()
    {
        var backend = EnterAsync(take: true);
        var sdk = EnterAsync(take: false);

        Assert.False(sdk.IsCompleted);
        _release.SetResult(new ReleaseOutcome(ReleaseVerdict.Drained, []));
        await FinishAsync(backend, sdk);

        Assert.Equal(BrowserEnd.Done, await backend);
        Assert.Equal(BrowserEnd.Done, await sdk);
        Assert.Equal(4, _owner.Generation); // Claimed once, for both.
    }

    [Fact]
    public async Task An_event_waits_no_longer_for_a_browser_than_its_caller_would()
    {
        _ = EnterAsync(take: true); // Whose owner does not answer.
        var sdk = EnterAsync(take: false);

        _guest.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(BrowserEnd.Moved, await sdk);
    }

    [Fact]
    public async Task An_event_of_a_browser_that_the_guest_could_not_own_after_all_goes_elsewhere()
    {
        var backend = EnterAsync(take: true);
        var sdk = EnterAsync(take: false);

        _release.SetException(new TimeoutException());

        await Assert.ThrowsAsync<SessionUnavailableException>(() => backend);
        Assert.Equal(BrowserEnd.Moved, await sdk);
    }

    Task<BrowserOwner?> IBrowserLedger.ReadOwnerAsync(string tenant, string browserId, CancellationToken cancellation) =>
        Task.FromResult<BrowserOwner?>(_owner);

    Task<BrowserOwner> IBrowserLedger.ClaimAsync(BrowserClaim claim, CancellationToken cancellation)
    {
        if (claim.After == _owner.Generation)
            _owner = new BrowserOwner(claim.Guest, claim.Name, _owner.Generation + 1, _owner.Guest);
        return Task.FromResult(_owner);
    }

    Task<ReleaseOutcome> ILines.ReleaseAsync(GuestKey line, ReleaseMessage message) => _release.Task;

    Task<IReadOnlyList<UpstreamSession>> ILines.ReadBrowserAsync(GuestKey line, string browserId) =>
        Task.FromResult<IReadOnlyList<UpstreamSession>>([]);

    Task<UpstreamBrowserId?> ILines.MapLocalAsync(GuestKey line, string guest, UpstreamBrowserId offered) =>
        Task.FromResult<UpstreamBrowserId?>(offered);

    Task<bool> ILines.HasDrainedAsync(GuestKey line, DrainQuery query) => Task.FromResult(true);

    Task ILines.TellDrainedAsync(GuestKey line, DrainQuery query) => Task.CompletedTask;

    private async Task<BrowserEnd> EnterAsync(bool take) => (await _linking.EnterAsync(Guest, take, static work =>
        work.State.Browsers.Held(Browser) is null
            ? new BrowserStep<bool>(false, [Browser])
            : new BrowserStep<bool>(true, []))).End;

    /// <summary>Lets every commit be written until both have ended.</summary>
    private async Task FinishAsync(params Task[] entered)
    {
        while (!entered.All(static task => task.IsCompleted))
        {
            _guest.Journal.FinishAll();
            await Task.Yield();
        }
    }
}
