using System.Net;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Edge;

/// <summary>Strangers that send slowly, over real sockets, cost nobody else anything.</summary>
public sealed class SlowClientTests
{
    private const int Rounds = 60;
    private const string Events = "/v1.2/events?client_key=" + Upstream.ClientKey;
    private const string Backend = "/v1/guests/stranger/events";

    /// <summary>Below it, this machine's other work tells more than the attack.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(300, 350)]
    [InlineData(80, 450)]
    public async Task Slow_uploads_to_the_ingress_leave_all_others_as_they_are(int clients, int bytesPerSecond) =>
        await ProveAsync(ownListener: false, clients, ingress => SlowClients.Uploading(ingress, clients, Events, "", bytesPerSecond));

    [Fact]
    public async Task Slow_uploads_to_the_ingress_own_listener_leave_all_others_as_they_are() =>
        await ProveAsync(ownListener: true, 300, ingress => SlowClients.Uploading(ingress, 300, Events, "", 350));

    [Fact]
    public async Task Unfinished_bodies_on_all_streams_of_some_connections_leave_all_others_as_they_are() =>
        await ProveAsync(ownListener: false, 300, ingress => SlowClients.UploadingOverHttp2(ingress, 3, 100, Events, 350));

    [Theory]
    [InlineData("")]
    [InlineData("Authorization: Bearer nobody\r\n")]
    public async Task Slow_uploads_to_the_API_without_a_valid_key_leave_all_others_as_they_are(string header) =>
        await ProveAsync(ownListener: false, 300, api => SlowClients.Uploading(api, 300, Backend, header, 350));

    [Fact]
    public async Task Slow_uploads_to_the_API_with_a_valid_key_leave_all_others_as_they_are() => await ProveAsync(
        ownListener: false, 300, api => SlowClients.Uploading(api, 300, Backend, "Authorization: Bearer demo-ingest\r\n", 350));

    [Fact]
    public async Task Heads_that_never_end_leave_all_others_as_they_are() =>
        await ProveAsync(ownListener: false, 300, ingress => SlowClients.SayingHeads(ingress, 300));

    /// <summary>The honest caller's answers are right before and during the attack, and as quick.</summary>
    private static async Task ProveAsync(bool ownListener, int clients, Func<Uri, SlowClients> attack)
    {
        var ingress = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Ingress:Urls", ownListener ? ingress.ToString() : ""));
        await silo.StartAsync();
        if (!ownListener)
            ingress = silo.Address;
        using var honest = new HonestCaller(silo.Address, ingress, await upstream.IssueBrowserIdAsync());
        await honest.CallAsync(Rounds / 2); // Compiled, connected and warm.
        var alone = await honest.CallAsync(Rounds);

        await using var strangers = attack(ingress);
        await Eventually.TrueAsync(() => strangers.Begun >= clients, Patience, "all strangers have begun");
        var beside = await honest.CallAsync(Rounds);

        Assert.True(await silo.IsReadyAsync());
        Assert.InRange(beside, TimeSpan.Zero, alone * 1.5 > Floor ? alone * 1.5 : Floor);
    }
}
