using System.Globalization;
using GuestSessions.Core.Journal;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>Two silos that both own the same guests in their view.</summary>
public sealed class PostgresRaceTests(PostgresServer server)
{
    /// <summary><value>RACES, or 1,000</value></summary>
    private static readonly int Races = Environment.GetEnvironmentVariable("RACES") is { Length: > 0 } races
        ? int.Parse(races, NumberStyles.None, CultureInfo.InvariantCulture)
        : 1_000;

    [Fact]
    public async Task When_two_silos_race_for_the_first_write_of_a_guest_exactly_one_wins()
    {
        var schema = await server.NewSchemaAsync();
        await using var one = await OpenAsync(schema);
        await using var other = await OpenAsync(schema);
        var guests = Enumerable.Range(0, Races).Select(i => $"guest-{i}").ToList();

        // A few at a time, so that the two meet in many different batches.
        foreach (var some in guests.Chunk(10))
        {
            var ours = some.Select(guest => one.AppendAsync(one.Keyring.Entry(guest, 1))).ToList();
            var theirs = some.Reverse().Select(guest => other.AppendAsync(other.Keyring.Entry(guest, 1))).ToList();
            var results = (await Task.WhenAll(ours)).Zip((await Task.WhenAll(theirs)).Reverse());

            Assert.All(results, result => Assert.NotEqual(result.First, result.Second));
        }

        Assert.Equal([Races], await PostgresServer.ReadAsync<long>(schema, "SELECT count(*) FROM journal"));
        Assert.Equal([1L], await PostgresServer.ReadAsync<long>(schema, "SELECT max(version) FROM head"));
    }

    [Fact]
    public async Task Silos_that_race_over_long_histories_write_each_version_once()
    {
        var schema = await server.NewSchemaAsync();
        await using var one = await OpenAsync(schema);
        await using var other = await OpenAsync(schema);

        var wins = await Task.WhenAll(Enumerable.Range(0, 20)
            .SelectMany(i => new[] { one, other }.Select(silo => RaceAsync(silo, $"guest-{i}", last: 25))));

        Assert.Equal(20 * 25, wins.Sum());
        Assert.Equal([20 * 25L], await PostgresServer.ReadAsync<long>(schema, "SELECT count(*) FROM journal"));
    }

    /// <summary>Appends like an activation that replays whenever it is fenced.</summary>
    private static async Task<int> RaceAsync(Journal silo, string guest, int last)
    {
        var won = 0;
        for (var version = 1; version <= last;)
        {
            if (await silo.AppendAsync(silo.Keyring.Entry(guest, version)) == AppendResult.Written)
                won++;
            version = (await silo.LoadAsync(guest)).Commits.Count + 1;
        }

        return won;
    }

    private static Task<Journal> OpenAsync(string schema) =>
        Journals.OpenAsync(new PostgresStore(new PostgresSettings { ConnectionString = schema }));
}
