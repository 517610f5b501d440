using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GuestSessions.Storage.Tests.Kit;

/// <summary>A small file system of its own. Only root can mount it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("disk-");

    private SmallDisk()
    {
    }

    /// <summary>A folder on this file system, which does not exist yet.</summary>
    public DirectoryInfo Folder => new(Path.Combine(_mount.FullName, "data"));

    private string Filler => Path.Combine(_mount.FullName, "filler");

    /// <summary>Mounts one; null if this process cannot mount.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        var disk = new SmallDisk();
        var size = megabytes.ToString(CultureInfo.InvariantCulture);
        if (Runs("mount", "-t", "tmpfs", "-o", $"size={size}m", "tmpfs", disk._mount.FullName))
            return disk;
        disk._mount.Delete();
        return null;
    }

    /// <summary>Uses up the free space.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var zeros = new byte[4_096];
        try
        {
            while (true)
                filler.Write(zeros);
        }
        catch (IOException)
        {
            // No space is left.
        }
    }

    /// <summary>Frees it again.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (!Runs("umount", "--lazy", _mount.FullName))
            throw new InvalidOperationException($"{_mount.FullName} cannot be unmounted.");
        _mount.Delete();
    }

    private static bool Runs(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // This system has no such command.
        }
    }
}
