namespace GuestSessions.Client.Tests;

/// <summary>The source tree that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>sessions.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "sessions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
