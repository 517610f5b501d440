using System.Runtime.Versioning;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Sqlite;

/// <summary>Which users can read the files of the embedded store.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_folder_and_every_file_in_it_are_private()
    {
        var file = _folder.File("new/sessions.db");
        await using var journal = await OpenAsync(file);
        await journal.FillAsync("anna", 3);

        Assert.Equal(OwnFolder, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        MustBePrivate(file);
    }

    [Fact]
    public async Task Existing_files_that_others_can_read_become_private()
    {
        var file = _folder.File("sessions.db");
        await using (var before = await OpenAsync(file))
            await before.FillAsync("anna", 3);
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(file)!))
            File.SetUnixFileMode(left, Everybody);
        File.WriteAllBytes($"{file}-wal", []);
        File.SetUnixFileMode($"{file}-wal", Everybody);

        await using var journal = await OpenAsync(file);
        await journal.FillAsync("berta", 3);

        MustBePrivate(file);
    }

    [Fact]
    public async Task An_existing_folder_which_others_may_use_keeps_its_mode()
    {
        var shared = Directory.CreateDirectory(_folder.File("shared")).FullName;
        File.SetUnixFileMode(shared, Everybody);

        await using var journal = await OpenAsync(Path.Combine(shared, "sessions.db"));

        Assert.Equal(Everybody, File.GetUnixFileMode(shared));
    }

    [Fact]
    public async Task A_linked_folder_and_a_linked_file_are_followed()
    {
        var real = Directory.CreateDirectory(_folder.File("real")).FullName;
        File.WriteAllBytes(Path.Combine(real, "real.db"), []);
        File.SetUnixFileMode(Path.Combine(real, "real.db"), Everybody);
        var link = _folder.File("link");
        Directory.CreateSymbolicLink(link, real);
        File.CreateSymbolicLink(Path.Combine(real, "sessions.db"), Path.Combine(real, "real.db"));

        await using var journal = await OpenAsync(Path.Combine(link, "sessions.db"));
        await journal.FillAsync("anna", 3);

        Assert.Equal(OwnFile, File.GetUnixFileMode(Path.Combine(real, "real.db")));
    }

    [Fact]
    public void Deleted_data_is_overwritten()
    {
        using var session = SqliteSession.Open(TemporaryFolder.ConnectionString(_folder.File("sessions.db")));

        Assert.Equal(1L, session.Scalar("PRAGMA secure_delete"));
    }

    private static Task<Journal> OpenAsync(string file) =>
        Journals.OpenAsync(new SqliteStore(TemporaryFolder.ConnectionString(file)));

    private static void MustBePrivate(string file)
    {
        var all = Directory.GetFiles(Path.GetDirectoryName(file)!);
        Assert.Superset(
            new HashSet<string> { file, $"{file}-wal", $"{file}-shm", $"{file}.lock" }, all.ToHashSet());
        Assert.All(all, static each => Assert.Equal(OwnFile, File.GetUnixFileMode(each)));
    }
}
