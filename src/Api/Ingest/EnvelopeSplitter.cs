using System.Text.Json;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// Finds the envelopes in a request body without building objects. It does not read the content of an envelope:
/// the core's <see cref="EnvelopeReader"/> does.
/// </summary>
internal static class EnvelopeSplitter
{
    // EnvelopeReader limits the nesting, and reports it per event.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>
    /// The kind of the body: the first member name that identifies a kind decides; such a name after it is
    /// an unknown member.
    /// </summary>
    public static BodyKind KindOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(StrictJson.WithoutMark(body), AnyDepth);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                return BodyKind.Array;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var kind = reader.ValueTextEquals("event"u8) ? BodyKind.Envelope
                    : reader.ValueTextEquals("events"u8) ? BodyKind.Batch
                    : reader.ValueTextEquals("identifiers"u8) ? BodyKind.Identifiers
                    : (BodyKind?)null;

                // A null says that the member is absent.
                if (reader.Read() && reader.TokenType != JsonTokenType.Null && kind is { } told)
                    return told;
                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // EnvelopeReader reports what is wrong with the body.
        }

        return BodyKind.Envelope;
    }

    /// <summary>The envelopes of <c>{"events":[…]}</c>, or the error in the body around them.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="limit">Maximum number of envelopes.</param>
    /// <param name="envelopes">Reads the envelopes in a body of another shape.</param>
    public static Split Batch(ReadOnlyMemory<byte> body, int limit, EnvelopeReader envelopes) => Guarded(body, (ref reader, json) =>
    {
        List<ReadOnlyMemory<byte>>? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("event"u8) && IsNull(ref reader))
                continue;
            if (!reader.ValueTextEquals("events"u8))
                return Misshapen(
                    json, EventCodes.UnknownMember, "", "Expected only events, with complete envelopes in it.", envelopes);
            if (found is not null)
                return Split.Malformed("Expected one member events; there are several.");
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                return Misshapen(json, EventCodes.WrongType, "/events", "Expected an array of envelopes: [{…}].", envelopes);
            found = Elements(ref reader, json, limit);
        }

        return Split.Of(found!, "/events");
    });

    /// <summary>The envelopes of <c>[…]</c>, or the error in the body around them.</summary>
    public static Split Array(ReadOnlyMemory<byte> body, int limit, EnvelopeReader envelopes) => Guarded(body, (ref reader, json) =>
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return Split.Of(Elements(ref reader, json, limit), "");
        var advice = reader.TokenType != JsonTokenType.StartObject ? ""
            : KindOf(json.Span) == BodyKind.Batch ? " Send the array alone, without {\"events\":…} around it."
            : " Write it as a list: [{…}].";
        return Misshapen(json, EventCodes.WrongType, "", $"Expected an array of envelopes.{advice}", envelopes);
    });

    private static Split Misshapen(
        ReadOnlyMemory<byte> json, string code, string path, string detail, EnvelopeReader envelopes)
        => Split.Misshapen(envelopes.ReadMisshapen(json, new Violation(code, path, detail)));

    /// <summary>Whether the member whose name was read is null; then it is passed over.</summary>
    private static bool IsNull(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.Null)
            return false;
        reader = ahead;
        return true;
    }

    private static Split Guarded(ReadOnlyMemory<byte> body, Walk walk)
    {
        body = StrictJson.WithoutMark(body);
        var reader = new Utf8JsonReader(body.Span, AnyDepth);
        try
        {
            reader.Read();
            var split = walk(ref reader, body);

            // Reads on to the end, so that a broken tail rejects the whole body.
            while (split.Refused is null && reader.Read())
            {
            }

            return split;
        }
        catch (JsonException fault)
        {
            return Split.Malformed(
                $"Malformed at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return Split.Malformed($"A name has half of a surrogate pair at byte {reader.TokenStartIndex + 1}.");
        }
    }

    /// <summary>Reads at most one element more than the limit, enough to tell that there are too many.</summary>
    private static List<ReadOnlyMemory<byte>> Elements(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, int limit)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (elements.Count <= limit)
                elements.Add(body[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    private delegate Split Walk(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json);
}

/// <summary>The bodies that callers send.</summary>
internal enum BodyKind
{
    /// <summary>One envelope, or a body of no known kind.</summary>
    Envelope,

    /// <summary><c>{"events":[…]}</c>.</summary>
    Batch,

    /// <summary><c>[…]</c>.</summary>
    Array,

    /// <summary><c>{"identifiers":[…]}</c>.</summary>
    Identifiers,
}
