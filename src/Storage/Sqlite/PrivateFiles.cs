using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Creates folders and files that only the user of the service can read, whatever the umask.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolders = OfFiles | UnixFileMode.UserExecute;

    /// <summary>The default folder of the data file.</summary>
    private static string DefaultFolder => Path.GetFullPath(Path.GetDirectoryName(
        new SqliteConnectionStringBuilder(SqliteStore.DefaultConnectionString).DataSource)!);

    /// <summary>
    /// Creates the folder if it is missing. An existing folder keeps its mode, unless it is the default folder: other
    /// programs may use it, as they use <c>/var/lib</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The folder belongs to another user.</exception>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OfFolders);
        else if (folder == DefaultFolder)
            SetMode(folder, OfFolders);
    }

    /// <summary>Opens a file, and creates it if it is missing.</summary>
    /// <exception cref="InvalidOperationException">The file belongs to another user.</exception>
    public static FileStream Open(string file, FileShare share)
    {
        Tighten(file);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OfFiles;
        return new FileStream(file, options);
    }

    /// <summary>Removes the rights of other users to an existing file.</summary>
    /// <exception cref="InvalidOperationException">The file belongs to another user.</exception>
    public static void Tighten(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file))
            SetMode(file, OfFiles);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void SetMode(string path, UnixFileMode mode)
    {
        // For a link, this is the mode of its target.
        if (File.GetUnixFileMode(path) == mode)
            return;
        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new InvalidOperationException(
                $"Other users can read {path}, and it belongs to another user. Make the service's user its owner.",
                failure);
        }
    }
}
