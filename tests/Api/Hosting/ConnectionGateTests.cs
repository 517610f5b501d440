using System.Net;
using GuestSessions.Api.Hosting;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Hosting;

public sealed class ConnectionGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _closed = [];

    [Fact]
    public void Of_an_address_that_has_too_many_the_one_that_was_idle_longest_goes()
    {
        var gate = Gate(perAddress: 3, all: 100);
        var (first, second, third) = (Enter(gate, "a", "1"), Enter(gate, "a", "2"), Enter(gate, "a", "3"));
        first!.Begin();
        Use(second!);
        Use(third!);
        Use(second!);

        Assert.NotNull(Enter(gate, "a", "4"));
        Assert.Equal(["3"], _closed);
    }

    [Fact]
    public void Where_all_of_an_address_are_in_use_another_one_of_it_does_not_come_in_and_one_of_others_does()
    {
        var gate = Gate(perAddress: 2, all: 100);
        Enter(gate, "a", "1")!.Begin();
        Enter(gate, "a", "2")!.Begin();

        Assert.Null(Enter(gate, "a", "3"));
        Assert.NotNull(Enter(gate, "b", "4"));
        Assert.Empty(_closed);
    }

    [Fact]
    public void Over_all_the_address_with_the_most_gives_way()
    {
        var gate = Gate(perAddress: 100, all: 5);
        Use(Enter(gate, "few", "1")!);
        foreach (var slot in (string[])["2", "3", "4"])
            Use(Enter(gate, "many", slot)!);
        Use(Enter(gate, "few", "5")!);

        Assert.NotNull(Enter(gate, "new", "6"));
        Assert.Equal(["2"], _closed);
    }

    [Fact]
    public void Strangers_who_send_nothing_are_closed_before_anyone_who_did()
    {
        var gate = Gate(perAddress: 100, all: 16);
        foreach (var address in (string?[])["backend", "backend", null, null, null])
            Use(Enter(gate, address, "honest")!);
        for (var stranger = 0; stranger < 40; stranger++)
            Assert.NotNull(Enter(gate, $"stranger-{stranger}", $"{stranger}"));

        Assert.Equal(Enumerable.Range(0, 29).Select(static stranger => $"{stranger}"), _closed);
    }

    [Fact]
    public void Strangers_of_one_network_who_sent_one_request_each_give_way_as_one()
    {
        var gate = Gate(perAddress: 100, all: 16);
        foreach (var address in (string?[])["backend", "backend", null, null, null])
            Use(Enter(gate, address, "honest")!);
        for (var stranger = 0; stranger < 40; stranger++)
            Use(Enter(gate, $"stranger-{stranger}", $"{stranger}", network: "strangers")!);

        Assert.Equal(Enumerable.Range(0, 29).Select(static stranger => $"{stranger}"), _closed);
    }

    [Fact]
    public void Where_all_of_the_largest_crowd_are_in_use_an_idle_one_of_others_gives_way()
    {
        var gate = Gate(perAddress: 100, all: 4);
        for (var busy = 0; busy < 3; busy++)
            Enter(gate, "many", "busy")!.Begin();
        var idle = Enter(gate, "few", "idle")!;
        Use(idle);

        Enter(gate, "new", "new")!.Begin();

        Assert.Equal(["idle"], _closed);
        Assert.Null(Enter(gate, "newer", "newer"));
    }

    [Fact]
    public void Who_has_just_connected_is_not_closed_for_the_next_one()
    {
        var gate = Gate(perAddress: 100, all: 4);
        for (var slot = 0; slot < 4; slot++)
            Use(Enter(gate, "many", "many")!);

        Enter(gate, "new", "new");
        Assert.NotNull(gate.Enter("newer", "newer", () => { }));

        Assert.Equal(["many", "many"], _closed);
    }

    [Fact]
    public void Who_speaks_for_many_has_no_bound_of_its_own()
    {
        var gate = Gate(perAddress: 2, all: 100);
        for (var slot = 0; slot < 50; slot++)
            Assert.NotNull(Enter(gate, null, "proxied"));
        Assert.Empty(_closed);
    }

    [Fact]
    public void Who_has_left_frees_capacity()
    {
        var gate = Gate(perAddress: 1, all: 1);
        for (var round = 0; round < 5; round++)
        {
            var slot = Enter(gate, "a", "1")!;
            slot.Begin();
            gate.Leave(slot);
            gate.Leave(slot); // Nothing is given back twice.
        }

        Enter(gate, "a", "1")!.Begin();
        Assert.Null(Enter(gate, "a", "2"));
    }

    [Fact]
    public async Task An_idle_connection_is_closed_for_a_new_one_of_its_address_and_one_in_use_is_not()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Api:Arrival:ConnectionsPerAddress"] = "8" });
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        List<RawCall> calls = [];
        for (var idle = 0; idle < 7; idle++)
            calls.Add(await RawCall.OpenAsync(api.Address));
        var closed = Task.WhenAny(calls.Select(static call => call.StatusAsync()).ToList());

        // Connections are let in by several threads: which of those at one moment is the first is not said.
        time.Advance(TimeSpan.FromSeconds(1));
        var used = await RawCall.PostAsync(api.Address, "/v1/guests/cust-1/events", 1000, "{");
        calls.Add(used);

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/health/live")).Status);

        Assert.Equal(0, await await closed);
        await used.SendAsync("}" + new string(' ', 998));
        Assert.Equal(422, await used.StatusAsync());
        foreach (var call in calls)
            await call.DisposeAsync();
    }

    private ConnectionGate Gate(int perAddress, int all) =>
        new(new ArrivalOptions { Connections = all, ConnectionsPerAddress = perAddress }, _time);

    private ConnectionSlot? Enter(ConnectionGate gate, string? address, string name, string? network = null)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return gate.Enter(address, network ?? address, () => _closed.Add(name));
    }

    private void Use(ConnectionSlot slot)
    {
        slot.Begin();
        _time.Advance(TimeSpan.FromSeconds(1));
        slot.End();
    }
}
