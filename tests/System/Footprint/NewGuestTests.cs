using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;

namespace GuestSessions.SystemTests.Footprint;

/// <summary>
/// What the first event of a guest costs that was never seen: the guests come one after the other, so nothing is shared.
/// </summary>
public sealed class NewGuestTests(ITestOutputHelper output)
{
    private const int Guests = 20;

    [Fact]
    public async Task The_first_event_of_a_new_guest_takes_few_statements_and_commits()
    {
        await using var database = new PostgresServer();
        await database.InitializeAsync();
        var connection = await database.NewDatabaseAsync();
        await using var silo = new InnerSilo(
            () => new PostgresStore(new PostgresSettings { ConnectionString = connection }));
        await silo.StartAsync();
        await silo.RecordAsync(first: 0, guests: 1, eventsOfGuest: 1);
        using var statements = new Statements();
        var (before, asked) = (await RowsAsync(connection), silo.BrowserIds);

        for (var guest = 1; guest <= Guests; guest++)
            await silo.RecordAsync(guest, guests: 1, eventsOfGuest: 1);

        var rows = (await RowsAsync(connection)).Zip(before, static (after, before) => (after - before) / (double)Guests).ToList();
        output.WriteLine($"rows of journal, head, owner and term: {string.Join(", ", rows)}");
        foreach (var (text, times) in statements.Counts.OrderByDescending(static count => count.Value))
            output.WriteLine($"{times / (double)Guests:0.00} × {text.ReplaceLineEndings(" ")[..Math.Min(150, text.Length)]}");
        Assert.Equal([2, 1, 1, 1], rows); // The head keeps the commit of the delivery.
        Assert.Equal(1, (silo.BrowserIds - asked) / (double)Guests);
        Assert.Equal(1, statements.Of("snapshot.version, 0)") / (double)Guests); // Loads the guest, and opens no partition.
        Assert.Equal(3, statements.Of("INSERT INTO journal") / (double)Guests);
        Assert.Equal(1, statements.Of("INSERT INTO owner") / (double)Guests);
        Assert.Equal(0, statements.Of("format, payload FROM journal") + statements.Of("UPDATE owner") + statements.Of("JOIN owner"));
    }

    private static Task<List<long>> RowsAsync(string connection) => PostgresServer.ReadAsync<long>(
        connection,
        "SELECT count(*) FROM journal UNION ALL SELECT count(*) FROM head UNION ALL SELECT count(*) FROM owner "
        + "UNION ALL SELECT count(*) FROM term");
}
