using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Storage.Sqlite;

public sealed partial class SqliteJournalStore : IExtTypeStore
{
    public Task<IReadOnlyList<LearnedExtType>> LoadAsync(string tenant, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<LearnedExtType>>(
            session => session.Statement(SqlScript.ReadExtTypes).With("$tenant", tenant)
                .Read(static row => new LearnedExtType(
                    new ExtAttribute(row.Text(0), row.Text(1), (ExtType)row.Int64(2)),
                    new DateTimeOffset(row.Int64(3), TimeSpan.Zero))),
            cancellation);

    public Task LearnAsync(
        string tenant, IReadOnlyList<LearnedExtType> attributes, CancellationToken cancellation) => _writes.RunAsync(
        session => session.InTransaction(
            () => attributes.Sum(learned => session.Statement(SqlScript.InsertExtType)
                .With("$tenant", tenant)
                .With("$event_type", learned.Attribute.EventType)
                .With("$name", learned.Attribute.Name)
                .With("$type", (long)learned.Attribute.Type)
                .With("$since", learned.Since.UtcTicks)
                .Execute()),
            write: true),
        cancellation);

    public Task ForgetAsync(string tenant, string? eventType, string? name, CancellationToken cancellation) =>
        _writes.RunAsync(
            session => session.Statement(SqlScript.DeleteExtTypes)
                .With("$tenant", tenant)
                .With("$any_type", eventType is null ? 1 : 0)
                .With("$event_type", eventType ?? "")
                .With("$any_name", name is null ? 1 : 0)
                .With("$name", name ?? "")
                .Execute(),
            cancellation);
}
