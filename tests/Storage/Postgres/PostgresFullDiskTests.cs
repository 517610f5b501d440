using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>Row 5 of the fault plan: a server whose disk is full.</summary>
public sealed class PostgresFullDiskTests
{
    private const int Megabytes = 160;
    private const int Refusals = 5;

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_and_continues_once_there_is_space()
    {
        using var disk = SmallDisk.TryMount(Megabytes);
        Assert.SkipWhen(disk is null, "Mounting a small disk takes the rights of root.");
        await using var server = new PostgresServer { Folder = disk.Folder };
        await server.StartAsync();
        await using var journal = await Journals.OpenAsync(
            new PostgresStore(new PostgresSettings { ConnectionString = await server.NewSchemaAsync() }));

        var (acknowledged, refused) = (0, 0);
        for (var version = 1; refused < Refusals; version++)
        {
            if (version == 20)
                disk.Fill();
            Assert.True(version < 100_000, "The disk never was full.");
            try
            {
                var result = await journal.AppendAsync(Large(journal, acknowledged + 1));
                acknowledged = result == AppendResult.Written
                    ? acknowledged + 1
                    : (await journal.LoadAsync("anna")).Commits.Count; // The refused commit before it was stored after all.
            }
            catch (JournalUnavailableException)
            {
                refused++;
            }
        }

        disk.Free();
        var stored = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                // Without space for its log the server may have ended. A supervisor would start it again.
                if (!server.IsRunning)
                    await server.StartAsync();
                try
                {
                    stored = (await journal.LoadAsync("anna")).Commits.Count;
                    return await journal.AppendAsync(Large(journal, stored + 1)) == AppendResult.Written;
                }
                catch (JournalUnavailableException)
                {
                    return false;
                }
            },
            what: "it takes commits again");

        // A refused commit may be stored; an acknowledged one must be.
        Assert.InRange(stored, acknowledged, acknowledged + 1);
        Assert.Equal(stored + 1, (await journal.LoadAsync("anna")).Commits.Count);
    }

    private static JournalEntry Large(Journal journal, long version) => journal.Keyring.Entry("anna", version) with
    {
        // Random, because the server compresses.
        Events = [new BrowserIdPostponed(
            1, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24_000)), Entries.Start,
            Entries.Start)],
    };
}
