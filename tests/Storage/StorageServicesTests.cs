using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Storage.Tests;

public sealed class StorageServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_journal_is_open_while_hosted_services_start_and_until_they_have_stopped(bool isOnDisk)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<Writer>();
        builder.Services.AddJournal(_ => isOnDisk ? OnDisk() : new MemoryStore());
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(
            [AppendResult.Written, AppendResult.Written],
            host.Services.GetServices<IHostedService>().OfType<Writer>().Single().Results);
        var journal = host.Services.GetRequiredService<IJournal>();
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => journal.AppendAsync(journal.Keyring.Entry("anna", 3), out _, CancellationToken.None));
    }

    [Fact]
    public async Task Every_store_has_all_its_roles()
    {
        foreach (var create in (Func<IStore>[])[
            OnDisk, () => new PostgresStore(new PostgresSettings { ConnectionString = "Host=127.0.0.1" }), () => new MemoryStore()])
        {
            await using var built = new ServiceCollection().AddLogging().AddJournal(_ => create()).BuildServiceProvider();

            var store = built.GetRequiredService<IStore>();

            Assert.All(typeof(IStore).GetProperties(), role => Assert.NotNull(role.GetValue(store)));
            Assert.Same(store.Lists, built.GetRequiredService<IGuestLists>());
            Assert.Same(store.ExtTypes, built.GetRequiredService<IExtTypeStore>());
            Assert.NotNull(built.GetRequiredService<IStoreHealth>());
            Assert.NotNull(built.GetRequiredService<IOperationStore>());
            Assert.NotNull(built.GetRequiredService<IRejectionStore>());
            Assert.NotNull(built.GetRequiredService<ITenantDeliveryStore>());
            Assert.NotNull(built.GetRequiredService<IBrowserLedger>());
        }
    }

    private SqliteStore OnDisk() => new(TemporaryFolder.ConnectionString(_folder.File("sessions.db")));

    private sealed class Writer(IJournal journal) : IHostedService
    {
        public List<AppendResult> Results { get; } = [];

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 1), out _, cancellationToken));

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 2), out _, cancellationToken));
    }
}
