using System.Reflection;

namespace GuestSessions.Architecture.Tests;

/// <summary>The source tree and the assemblies built from it.</summary>
internal static class Repository
{
    public static readonly Assembly Core = typeof(GuestSessions.Core.SessionLimits).Assembly;
    public static readonly Assembly Grains = typeof(GuestSessions.Grains.Guests.GuestGrain).Assembly;
    public static readonly Assembly Storage = typeof(GuestSessions.Storage.Journal).Assembly;
    public static readonly Assembly StreamApi = typeof(GuestSessions.StreamApi.StreamApiServices).Assembly;
    public static readonly Assembly Emulator = typeof(GuestSessions.Emulator.StreamApiEmulator).Assembly;
    public static readonly Assembly Api = typeof(GuestSessions.Api.SessionsApi).Assembly;
    public static readonly Assembly Clustering = typeof(GuestSessions.Clustering.SiloClustering).Assembly;
    public static readonly Assembly ServiceDefaults = typeof(GuestSessions.ServiceDefaults.HostDefaults).Assembly;

    /// <summary>The package of callers; it is no part of the service.</summary>
    public static readonly Assembly Client = typeof(GuestSessions.Client.IGuestSessions).Assembly;

    public static readonly Assembly Silo = Assembly.Load("GuestSessions.Silo");

    public static readonly IReadOnlyList<Assembly> All =
        [Core, Grains, Storage, StreamApi, Emulator, Api, Clustering, ServiceDefaults];

    /// <summary>The folder of <c>sessions.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files written by people, not by the build.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    /// <summary>Types written by people, not by the compiler or the Orleans generator.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(static type =>
        !type.Name.Contains('<') && type.Namespace?.StartsWith("GuestSessions", StringComparison.Ordinal) == true);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "sessions.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
