namespace GuestSessions.Storage.Tests.Kit;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public static string ConnectionString(string file) => $"Data Source={file}";

    public void Dispose() => _folder.Delete(recursive: true);
}
