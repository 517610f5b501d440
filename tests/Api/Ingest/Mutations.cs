using System.Text;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>Spoils a body a little: bytes, pieces, repetitions.</summary>
internal static class Mutations
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "-", "1e999", "1E400",
            "\"guest\":", "\"event\":{", "\"ext\":[", "\"product\":", "[[[[[[[[[[[[[[[[[", "\0", "/", "~", "-0.0", "\n",
            "99999999999999999999", "\uFEFF", "\"order\":{", "\"identifiers\":[]", "{}", "[]", "\"\"", "\"/-\":1",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Of(byte[] seed, Random chance)
    {
        var bytes = new List<byte>(seed);
        for (var times = chance.Next(0, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(6))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Pieces[chance.Next(Pieces.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(1, 40), bytes.Count - at)));
                    break;
                case 4:
                    Exchange(bytes, chance);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts a piece in the place of a value, so that the JSON around it often stays whole.</summary>
    private static void Exchange(List<byte> bytes, Random chance)
    {
        var colons = Enumerable.Range(0, bytes.Count).Where(at => bytes[at] == (byte)':').ToList();
        if (colons.Count == 0)
            return;
        var from = colons[chance.Next(colons.Count)] + 1;
        var to = from;
        while (to < bytes.Count && bytes[to] is not ((byte)',' or (byte)'}' or (byte)']'))
            to++;
        bytes.RemoveRange(from, to - from);
        bytes.InsertRange(from, Pieces[chance.Next(Pieces.Length)]);
    }
}
