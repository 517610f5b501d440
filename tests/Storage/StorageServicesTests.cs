using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Storage.Tests;

public sealed class StorageServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Memory)]
    public async Task The_journal_is_open_while_hosted_services_start_and_until_they_have_stopped(
        StorageProvider provider)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<SessionsOptions>(options => options.Storage = new StorageOptions
        {
            Provider = provider,
            ConnectionString = TemporaryFolder.ConnectionString(_folder.File("sessions.db")),
        });
        builder.Services.AddHostedService<Writer>();
        builder.Services.AddJournal();
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(
            [AppendResult.Written, AppendResult.Written],
            host.Services.GetServices<IHostedService>().OfType<Writer>().Single().Results);
        var journal = host.Services.GetRequiredService<IJournal>();
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => journal.AppendAsync(journal.Keyring.Entry("anna", 3), CancellationToken.None));
    }

    [Fact]
    public async Task Every_provider_that_can_be_configured_has_a_store_with_all_its_roles()
    {
        foreach (var provider in Enum.GetValues<StorageProvider>())
        {
            var services = new ServiceCollection().AddLogging().AddJournal();
            services.Configure<SessionsOptions>(options => options.Storage = new StorageOptions
            {
                Provider = provider,
                ConnectionString = provider == StorageProvider.Postgres
                    ? "Host=127.0.0.1"
                    : TemporaryFolder.ConnectionString(_folder.File("sessions.db")),
            });
            await using var built = services.BuildServiceProvider();

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

    private sealed class Writer(IJournal journal) : IHostedService
    {
        public List<AppendResult> Results { get; } = [];

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 1), cancellationToken));

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 2), cancellationToken));
    }
}
