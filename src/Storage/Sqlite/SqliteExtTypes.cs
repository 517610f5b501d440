using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteExtTypes(SqliteConnections connections) : IExtTypeStore
{
    public Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<LearnedExtType>>(
            session => session.Statement(SqliteSql.ExtTypes["read"]).With("tenant", tenant)
                .Read(static row => new LearnedExtType(
                    new ExtAttribute(row.Text(0), row.Text(1), (ExtType)row.Int64(2)),
                    new DateTimeOffset(row.Int64(3), TimeSpan.Zero))),
            cancellation);

    public Task LearnAsync(
        string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session => attributes.Sum(learned => session.Statement(SqliteSql.ExtTypes["insert"])
                .With("tenant", tenant)
                .With("event_type", learned.Attribute.EventType)
                .With("name", learned.Attribute.Name)
                .With("type", (long)learned.Attribute.Type)
                .With("since", learned.Since.UtcTicks)
                .Execute()),
            cancellation);

    public Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation) =>
        connections.WriteAsync(
            session => session.Statement(SqliteSql.ExtTypes["delete"])
                .With("tenant", tenant)
                .With("any_type", eventType is null ? 1 : 0)
                .With("event_type", eventType ?? "")
                .With("any_name", name is null ? 1 : 0)
                .With("name", name ?? "")
                .Execute(),
            cancellation);
}
