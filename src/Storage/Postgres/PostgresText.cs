using System.Text;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Text in PostgreSQL cannot contain a NUL, and UTF-8 cannot contain half of a surrogate pair. One such character in a
/// person's text would fail the whole batch, including the commits of other guests.
/// </summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with a replacement for each character that cannot be stored.</summary>
    public static string Storable(string text)
    {
        foreach (var character in text)
        {
            if (character == '\0' || char.IsSurrogate(character))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', Replacement);
        }

        return text;
    }
}
