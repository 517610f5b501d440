using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;

namespace GuestSessions.SystemTests.Footprint;

/// <summary>What it costs that guests are not in memory, as after a restart.</summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int Guests = 400;

    [Fact]
    public async Task Guests_that_are_loaded_at_the_same_moment_share_the_statements_that_read_their_heads_and_their_commits()
    {
        await using var database = new PostgresServer();
        await database.InitializeAsync();
        var connection = await database.NewDatabaseAsync();
        await using (var before = NewSilo(connection))
        {
            await before.StartAsync();
            await before.RecordAsync(first: 0, Guests, eventsOfGuest: 2);
        }

        await using var silo = NewSilo(connection);
        await silo.StartAsync();
        using var statements = new Statements();
        await silo.RecordAsync(first: 0, Guests, eventsOfGuest: 1, firstEvent: 2);

        var (heads, commits) = (statements.Of("snapshot.version, 0)"), statements.Of("ORDER BY 1, 2 NULLS LAST"));
        output.WriteLine($"{heads} statements read the heads of {Guests} guests, and {commits} their commits");
        Assert.InRange(heads, 1, Guests / 2);
        Assert.InRange(commits, 1, Guests / 2);
    }

    private static InnerSilo NewSilo(string connection) =>
        new(() => new PostgresStore(new PostgresSettings { ConnectionString = connection }));
}
