using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Storage.Postgres;

public sealed partial class PostgresJournalStore : IExtTypeStore
{
    public async Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation) =>
        await ReadAsync(
            PostgresScript.ReadExtTypes, command => command.With(tenant),
            static row => new LearnedExtType(
                new ExtAttribute(row.GetString(0), row.GetString(1), (ExtType)row.GetInt32(2)),
                new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)),
            cancellation);

    public Task LearnAsync(
        string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation) => ReadAsync(
        PostgresScript.InsertExtTypes,
        command => command
            .With(tenant)
            .With(attributes.Select(static learned => learned.Attribute.EventType).ToArray())
            .With(attributes.Select(static learned => learned.Attribute.Name).ToArray())
            .With(attributes.Select(static learned => (int)learned.Attribute.Type).ToArray())
            .With(attributes.Select(static learned => learned.Since.UtcTicks).ToArray()),
        static _ => true, cancellation);

    public Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation) => ReadAsync(
        PostgresScript.DeleteExtTypes,
        command => command
            .With(tenant).With(eventType is null).With(eventType ?? "").With(name is null).With(name ?? ""),
        static _ => true, cancellation);
}
