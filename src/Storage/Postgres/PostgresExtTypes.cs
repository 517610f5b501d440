using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresExtTypes(PostgresQueries queries) : IExtTypeStore
{
    public async Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation) =>
        await queries.ReadAsync(
            PostgresSql.ExtTypes["read"],
            command => command.With("tenant", tenant),
            static row => new LearnedExtType(
                new ExtAttribute(row.GetString(0), row.GetString(1), (ExtType)row.GetInt32(2)),
                new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)),
            cancellation);

    public Task LearnAsync(
        string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.ExtTypes["insert"],
        command => command
            .With("tenant", tenant)
            .With("event_types", attributes.Select(static learned => learned.Attribute.EventType).ToArray())
            .With("names", attributes.Select(static learned => learned.Attribute.Name).ToArray())
            .With("types", attributes.Select(static learned => (int)learned.Attribute.Type).ToArray())
            .With("since", attributes.Select(static learned => learned.Since.UtcTicks).ToArray()),
        cancellation);

    public Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation) =>
        queries.ExecuteAsync(
            PostgresSql.ExtTypes["delete"],
            command => command
                .With("tenant", tenant)
                .With("any_type", eventType is null)
                .With("event_type", eventType ?? "")
                .With("any_name", name is null)
                .With("name", name ?? ""),
            cancellation);
}
