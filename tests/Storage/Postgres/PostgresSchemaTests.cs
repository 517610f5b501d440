using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

public sealed class PostgresSchemaTests(PostgresServer server)
{
    private const string Versions = "SELECT version FROM schema_version ORDER BY version";

    private static readonly IReadOnlyList<Migration> Known = Migration.Of(PostgresSql.Store);

    private static readonly Migration Next = new(900, "-- Readers from version 1 on.\nALTER TABLE head ADD COLUMN extra int;");

    [Fact]
    public async Task Silos_that_start_at_the_same_time_create_the_tables_once_and_share_the_secret()
    {
        var schema = await server.NewSchemaAsync();
        var stores = Enumerable.Range(0, 4).Select(_ => Store(schema)).ToList();

        var secrets = await Task.WhenAll(stores.Select(store => store.OpenAsync(CancellationToken.None)));

        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(32, secrets[0].Length);
        Assert.Equal(
            Known.Select(migration => migration.Version),
            await PostgresServer.ReadAsync<int>(schema, Versions));
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task A_database_without_schema_stops_the_start_when_the_service_may_not_migrate()
    {
        var schema = await server.NewSchemaAsync();
        await using var store = Store(schema, migrate: false);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.OpenAsync(CancellationToken.None));
        Assert.Contains("has schema version 0", failure.Message);

        await store.MigrateAsync(CancellationToken.None);
        Assert.NotEmpty(await store.OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_schema_is_migrated_step_by_step_while_the_previous_version_works_on()
    {
        var schema = await server.NewSchemaAsync();
        await using var old = await Journals.OpenAsync(Store(schema));
        await old.FillAsync("anna", 2);
        await using var next = await Journals.OpenAsync(Store(schema, [.. Known, Next]));

        await old.FillAsync("berta", 2);
        await next.FillAsync("conny", 2);
        Assert.Equal([1, 2], await next.VersionsAsync("anna"));
        Assert.Contains(900, await PostgresServer.ReadAsync<int>(schema, Versions));

        // It also starts again: it ignores columns that it does not know.
        await using var again = await Journals.OpenAsync(Store(schema));
        Assert.Equal([1, 2], await again.VersionsAsync("conny"));
    }

    [Fact]
    public async Task A_schema_that_needs_a_newer_reader_stops_the_start_and_names_its_version()
    {
        var schema = await server.NewSchemaAsync();
        await using (var next = Store(schema, [.. Known, new Migration(900, "-- Readers from version 900 on.")]))
            await next.OpenAsync(CancellationToken.None);

        await using var old = Store(schema);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => old.OpenAsync(CancellationToken.None));
        Assert.Contains("knows schema version 900", failure.Message);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        var schema = await server.NewSchemaAsync();
        var broken = Next with { Sql = "-- Readers from version 1 on.\nCREATE TABLE half (id int); SELECT 1 / 0;" };
        await using (var store = Store(schema, [.. Known, broken]))
            await Assert.ThrowsAnyAsync<Exception>(() => store.OpenAsync(CancellationToken.None));

        await using var afterwards = await Journals.OpenAsync(Store(schema));
        Assert.Equal(
            [true], await PostgresServer.ReadAsync<bool>(schema, "SELECT to_regclass('half') IS NULL"));
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, Known.Count), Known.Select(static migration => migration.Version));

    private static PostgresStore Store(string schema, bool migrate = true) =>
        new(new PostgresSettings { ConnectionString = schema, MigrateAtStart = migrate });

    private static PostgresStore Store(string schema, IReadOnlyList<Migration> migrations) =>
        new(new PostgresSettings { ConnectionString = schema }, migrations);
}
