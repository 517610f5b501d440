namespace GuestSessions.SystemTests.Hosting;

/// <summary>The hosts as they were built beside these tests, in the same configuration.</summary>
internal static class Binaries
{
    private const string Solution = "sessions.sln";

    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory); // …/{configuration}/{framework}/

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string Silo { get; } = SiloIn(Root);

    public static string SiloIn(string root) => Of("Silo", root);

    public static string ApiIn(string root) => Of("Api", root);

    private static string Of(string host, string root) => Path.Combine(
        root, "src", host, "bin", Framework.Parent!.Name, Framework.Name, $"GuestSessions.{host}.dll");

    private static string FindRoot()
    {
        var root = Framework;
        while (!File.Exists(Path.Combine(root.FullName, Solution)))
            root = root.Parent ?? throw new InvalidOperationException($"No {Solution} above the tests.");
        return root.FullName;
    }
}
