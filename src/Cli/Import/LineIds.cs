using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.Cli.Import;

/// <summary>
/// The ids of lines without one. An id follows from the name of the import, the content of the line, and how many lines of the same
/// content came before it. So the same import sends the same ids again, a line that is deleted or inserted changes no other line's
/// id, and identical lines are different events. It keeps a hash and a count for each content.
/// </summary>
/// <param name="import">Name of the import; null where none was given.</param>
/// <param name="most">Maximum number of different contents.</param>
internal sealed class LineIds(string? import, int most = LineIds.MostLines)
{
    /// <summary>About 500 MB of memory while the table grows.</summary>
    public const int MostLines = 10_000_000;

    private const int IdCharacters = 32;

    private readonly Dictionary<ulong, int> _seen = [];

    /// <param name="number">From 1, over the whole import.</param>
    /// <param name="text">As it was read.</param>
    /// <exception cref="CommandFailedException">The import has no name, or too many lines without an id.</exception>
    public string Next(long number, string text)
    {
        if (import is null)
            throw new CommandFailedException(ExitCodes.Usage, $"Line {number} has no event_id: name the import with --name, so that it can be resumed.");
        var content = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var before = _seen.GetValueOrDefault(content);
        if (before == 0 && _seen.Count == most)
            throw new CommandFailedException(ExitCodes.Usage,
                $"Line {number} is one too many without event_id: an import takes {most}. Split the file, or give each line an event_id.");
        _seen[content] = before + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{import}\n{before + 1}\n{text}")));
        return $"import-{Convert.ToHexStringLower(hash)[..IdCharacters]}";
    }
}
