using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Tells the upstream that an event was delivered before: <c>"ext":{"replayed":true}</c>, if one more attribute fits.
/// Every other byte stays as it is.
/// </summary>
public static class ReplayMark
{
    /// <summary>Maximum number of <c>ext</c> attributes that the upstream accepts.</summary>
    private const int MostAttributes = 50;

    /// <summary>The event with the mark; unchanged if it has one already or no further attribute fits.</summary>
    public static Utf8Json Add(Utf8Json body)
    {
        var reader = new Utf8JsonReader(body.Bytes.Span);
        reader.Read();
        var members = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var isExt = reader.ValueTextEquals("ext"u8);
            reader.Read();
            if (isExt)
                return AddTo(body, ref reader);
            reader.Skip();
        }

        return Insert(body, (int)reader.TokenStartIndex, members > 0, "\"ext\":{\"replayed\":true}"u8);
    }

    private static Utf8Json AddTo(Utf8Json body, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return body;
        var attributes = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            attributes++;
            if (reader.ValueTextEquals("replayed"u8))
                return body;
            reader.Read();
            reader.Skip();
        }

        return attributes < MostAttributes
            ? Insert(body, (int)reader.TokenStartIndex, attributes > 0, "\"replayed\":true"u8)
            : body;
    }

    private static Utf8Json Insert(Utf8Json body, int at, bool isFurther, ReadOnlySpan<byte> text)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + text.Length + 1);
        output.Write(body.Bytes.Span[..at]);
        output.Write(isFurther ? ","u8 : ""u8);
        output.Write(text);
        output.Write(body.Bytes.Span[at..]);
        return new Utf8Json(output.WrittenMemory);
    }
}
