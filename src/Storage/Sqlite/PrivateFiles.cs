using GuestSessions.Core.Options;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Folders and files that only the service's own user can read, whatever the umask.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolders = OfFiles | UnixFileMode.UserExecute;

    /// <summary>Where data lies unless something else is configured.</summary>
    private static string DefaultFolder => Path.GetFullPath(Path.GetDirectoryName(
        new SqliteConnectionStringBuilder(new StorageOptions().ConnectionString).DataSource)!);

    /// <summary>
    /// Makes the folder where it is missing. One that was there stays as it is, unless it is the default: others may use
    /// it, as they do <c>/var/lib</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is another user's.</exception>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OfFolders);
        else if (folder == DefaultFolder)
            SetMode(folder, OfFolders);
    }

    /// <summary>Opens a file, and makes it where it is missing.</summary>
    /// <exception cref="InvalidOperationException">It is another user's.</exception>
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

    /// <summary>Takes a file that is there away from others.</summary>
    /// <exception cref="InvalidOperationException">It is another user's.</exception>
    public static void Tighten(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file))
            SetMode(file, OfFiles);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void SetMode(string path, UnixFileMode mode)
    {
        // Of a link, this is what it points to.
        if (File.GetUnixFileMode(path) == mode)
            return;
        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new InvalidOperationException(
                $"{path} can be read by others and is another user's: give it to the user of the service.", failure);
        }
    }
}
