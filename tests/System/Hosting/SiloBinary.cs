namespace GuestSessions.SystemTests.Hosting;

/// <summary>The silo as it was built beside these tests, in the same configuration.</summary>
internal static class SiloBinary
{
    private const string Solution = "sessions.sln";

    public static string Path { get; } = Find();

    private static string Find()
    {
        // …/tests/System/bin/{configuration}/{framework}/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var root = framework;
        while (!File.Exists(System.IO.Path.Combine(root.FullName, Solution)))
            root = root.Parent ?? throw new InvalidOperationException($"No {Solution} above the tests.");
        return System.IO.Path.Combine(
            root.FullName, "src", "Silo", "bin", framework.Parent!.Name, framework.Name,
            "GuestSessions.Silo.dll");
    }
}
