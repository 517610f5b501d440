using GuestSessions.PostgresKit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>The server of the tests keeps what the tests of the promise need.</summary>
public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_writes_to_disk_and_starts_again_at_the_same_address_however_it_ended()
    {
        var database = await _server.NewDatabaseAsync();
        Assert.Equal(["on"], await PostgresServer.ReadAsync<string>(database, "SHOW fsync"));
        await PostgresServer.ExecuteAsync(database, "CREATE TABLE kept (number int)");

        for (var i = 0; i < 3; i++)
        {
            await PostgresServer.ExecuteAsync(database, $"INSERT INTO kept VALUES ({i})");
            await _server.StopAsync((PostgresStop)i);
            await _server.StartAsync();
        }

        Assert.Equal([0, 1, 2], await PostgresServer.ReadAsync<int>(
            database, "SELECT number FROM kept ORDER BY number"));
    }
}
