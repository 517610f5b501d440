using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
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

    private sealed class Writer(IJournal journal) : IHostedService
    {
        public List<AppendResult> Results { get; } = [];

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 1), cancellationToken));

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Results.Add(await journal.AppendAsync(journal.Keyring.Entry("anna", 2), cancellationToken));
    }
}
