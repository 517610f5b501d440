namespace GuestSessions.Storage;

/// <summary>The SQL files that lie beside the stores, as they are part of the assembly.</summary>
internal static class EmbeddedSql
{
    private const string Extension = ".sql";

    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedSql).Assembly.GetManifestResourceStream(name + Extension)
            ?? throw new InvalidOperationException($"{name}{Extension} is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the files in a folder, without their ending, in ordinal order.</summary>
    public static IEnumerable<string> In(string folder) => typeof(EmbeddedSql).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Select(name => name[..^Extension.Length])
        .Order(StringComparer.Ordinal);
}
