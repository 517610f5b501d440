using System.Text;
using System.Text.Json;

namespace GuestSessions.StreamApi.Wire;

/// <summary>The body of an answer, read up to a limit.</summary>
internal sealed class Answer
{
    /// <summary>Maximum number of bytes read of an answer.</summary>
    public const int LongestRead = 64 * 1024;

    /// <summary>Maximum number of bytes kept in a receipt.</summary>
    private const int LongestKept = 2 * 1024;

    /// <summary>Maximum number of characters; a normal reference has a few dozen.</summary>
    private const int LongestReference = 128;

    public static readonly Answer None = new(AnswerForm.Unreadable, []);

    /// <param name="form">What kind of body it is.</param>
    /// <param name="bytes">What was read. Only a part is kept, as text, so that their memory can be used again.</param>
    public Answer(AnswerForm form, ReadOnlySpan<byte> bytes)
    {
        Form = form;
        Text = bytes.IsEmpty
            ? null
            : Encoding.UTF8.GetString(bytes[..Math.Min(LongestKept, bytes.Length)]).TrimEnd('\uFFFD');
    }

    public AnswerForm Form { get; }

    /// <summary>The beginning of the member <c>ref</c>, which every receipt keeps.</summary>
    public string? Reference { get; private init; }

    /// <summary>The member <c>customer_ref</c>.</summary>
    public string? CustomerReference { get; private init; }

    /// <summary>The beginning of the body as text, or null when it was empty.</summary>
    public string? Text { get; }

    /// <summary>Distinguishes a JSON object from everything else.</summary>
    public static Answer Of(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? new Answer(AnswerForm.Unreadable, bytes.Span)
                : new Answer(AnswerForm.JsonObject, bytes.Span)
                {
                    Reference = Cut(TextOf(json.RootElement, "ref")),
                    CustomerReference = TextOf(json.RootElement, "customer_ref"),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string is no valid text, such as half a surrogate pair.
            return new Answer(AnswerForm.Unreadable, bytes.Span);
        }
    }

    /// <summary>The same, in one pass and without a document, which costs more than all the rest of reading it.</summary>
    /// <param name="bytes">Valid UTF-8 without escapes: names are compared, and texts are taken, as they stand.</param>
    public static Answer OfPlain(ReadOnlySpan<byte> bytes)
    {
        string? reference = null, customer = null;
        var isObject = false;
        try
        {
            var json = new Utf8JsonReader(bytes);
            while (json.Read())
            {
                isObject |= json is { TokenType: JsonTokenType.StartObject, CurrentDepth: 0 };
                if (!isObject || json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                    continue;

                // The last of several members with one name counts, as in a document.
                if (json.ValueTextEquals("ref"u8))
                    reference = NextText(ref json);
                else if (json.ValueTextEquals("customer_ref"u8))
                    customer = NextText(ref json);
            }
        }
        catch (JsonException)
        {
            // An answer that is no JSON, or breaks off: its form says so, and its text is kept.
            isObject = false;
        }

        return isObject
            ? new Answer(AnswerForm.JsonObject, bytes) { Reference = Cut(reference), CustomerReference = customer }
            : new Answer(AnswerForm.Unreadable, bytes);
    }

    private static string? NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? json.GetString() : null;
    }

    private static string? Cut(string? reference)
    {
        if (reference is not { Length: > LongestReference })
            return reference;
        var half = char.IsHighSurrogate(reference[LongestReference - 1]);
        return reference[..(half ? LongestReference - 1 : LongestReference)];
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

internal enum AnswerForm
{
    JsonObject,

    /// <summary>Empty, or anything that is not a JSON object.</summary>
    Unreadable,

    /// <summary>The connection broke or the time expired while it was read.</summary>
    Truncated,

    /// <summary>It is longer than <see cref="Answer.LongestRead"/>.</summary>
    TooLong,
}
