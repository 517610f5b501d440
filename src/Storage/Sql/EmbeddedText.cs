namespace GuestSessions.Storage.Sql;

/// <summary>The SQL files of the stores. They are part of the assembly: <c>Sqlite/Sql/owners.sql</c>.</summary>
internal static class EmbeddedText
{
    public static string Read(string path)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"{path} is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The paths of the files in a folder, in ordinal order.</summary>
    public static IEnumerable<string> In(string folder) => typeof(EmbeddedText).Assembly
        .GetManifestResourceNames()
        .Where(path => path.StartsWith($"{folder}/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
