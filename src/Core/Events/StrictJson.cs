using System.Text.Json;
using System.Text.Unicode;

namespace GuestSessions.Core.Events;

/// <summary>
/// JSON as restricted by I-JSON (RFC 7493): valid UTF-8, no member named twice, no half of a surrogate pair, and
/// no deeper than allowed. The result can be read and compared without further checks.
/// </summary>
public static class StrictJson
{
    /// <summary>Parses one JSON value. Exactly one of the two results is null.</summary>
    /// <param name="utf8">The document refers to these bytes until it is disposed.</param>
    /// <param name="depth">Maximum nesting of objects and arrays.</param>
    /// <returns>The document, or <c>malformed_json</c> or <c>too_deep</c> with the empty path.</returns>
    public static (JsonDocument? Document, Violation? Fault) Parse(ReadOnlyMemory<byte> utf8, int depth)
        => Parse(utf8, depth, allowsRepeated: false);

    /// <summary>The same for an envelope whose canonical form is needed too: writing it finds names that occur twice.</summary>
    /// <param name="utf8">The document refers to these bytes until it is disposed.</param>
    /// <param name="depth">Maximum nesting of objects and arrays.</param>
    /// <param name="canonical">To be disposed where there is a document.</param>
    internal static (JsonDocument? Document, Violation? Fault) ParseEnvelope(
        ReadOnlyMemory<byte> utf8, int depth, out CanonicalForm canonical)
    {
        canonical = default;
        var (document, fault) = Parse(utf8, depth, allowsRepeated: true);
        if (document is null)
            return (null, fault);
        canonical = CanonicalJson.Write(document.RootElement);
        if (!canonical.HasRepeatedNames)
            return (document, null);
        canonical.Dispose();
        document.Dispose();
        return (null, Repeated);
    }

    private static (JsonDocument? Document, Violation? Fault) Parse(ReadOnlyMemory<byte> utf8, int depth, bool allowsRepeated)
    {
        utf8 = WithoutMark(utf8);
        if (!Utf8.IsValid(utf8.Span))
            return (null, Malformed("it is not valid UTF-8"));

        // Only reading a string finds half a surrogate pair. Escapes are rare enough to check them first.
        if (utf8.Span.IndexOf("\\u"u8) >= 0 && Fault(utf8.Span, depth) is { } fault)
            return (null, fault);

        try
        {
            return (JsonDocument.Parse(utf8, new JsonDocumentOptions
            {
                MaxDepth = depth,
                AllowDuplicateProperties = allowsRepeated,
            }), null);
        }
        catch (JsonException)
        {
            return (null, Fault(utf8.Span, depth) ?? Repeated);
        }
    }

    /// <summary>The same, but members named twice are allowed; null for any other fault.</summary>
    internal static JsonDocument? ParseRepeating(ReadOnlyMemory<byte> utf8, int depth)
    {
        utf8 = WithoutMark(utf8);
        return Utf8.IsValid(utf8.Span) && Fault(utf8.Span, depth) is null
            ? JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = depth })
            : null;
    }

    /// <summary>A text without the byte order mark that files and some clients put before it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8)
        => utf8[^WithoutMark(utf8.Span).Length..];

    /// <inheritdoc cref="WithoutMark(ReadOnlyMemory{byte})"/>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8)
    {
        while (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        return utf8;
    }

    /// <summary>Finds the first fault of a text; null if only repeated names can be wrong.</summary>
    private static Violation? Fault(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                    && reader.CurrentDepth >= depth)
                    return new Violation(EventCodes.TooDeep, "",
                        $"Expected at most {depth} levels of objects and arrays.");
                if (reader.ValueIsEscaped)
                    _ = reader.GetString();
            }

            return null;
        }
        catch (JsonException fault)
        {
            return Malformed($"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            return Malformed($"half of a surrogate pair at byte {reader.TokenStartIndex + 1}");
        }
    }

    private static Violation Repeated => Malformed("a member name occurs twice in one object");

    // The parser's own messages repeat the input, which may be personal.
    private static Violation Malformed(string where)
        => new(EventCodes.MalformedJson, "", $"Expected one well-formed JSON value: {where}.");
}
