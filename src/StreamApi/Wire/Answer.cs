using System.Text;
using System.Text.Json;

namespace GuestSessions.StreamApi.Wire;

/// <summary>The body of an answer, read up to a limit.</summary>
/// <param name="Form">What kind of body it is.</param>
/// <param name="Bytes">What was read.</param>
internal sealed record Answer(AnswerForm Form, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Maximum number of bytes read of an answer.</summary>
    public const int LongestRead = 64 * 1024;

    /// <summary>Maximum number of bytes kept in a receipt.</summary>
    private const int LongestKept = 2 * 1024;

    /// <summary>Maximum number of characters; a normal reference has a few dozen.</summary>
    private const int LongestReference = 128;

    public static readonly Answer None = new(AnswerForm.Unreadable, ReadOnlyMemory<byte>.Empty);

    /// <summary>The beginning of the member <c>ref</c>, which every receipt keeps.</summary>
    public string? Reference { get; private init; }

    /// <summary>The member <c>customer_ref</c>.</summary>
    public string? CustomerReference { get; private init; }

    /// <summary>The beginning of the body as text, or null when it was empty.</summary>
    public string? Text => Bytes.IsEmpty
        ? null
        : Encoding.UTF8.GetString(Bytes.Span[..Math.Min(LongestKept, Bytes.Length)]).TrimEnd('\uFFFD');

    /// <summary>Distinguishes a JSON object from everything else.</summary>
    public static Answer Of(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? new Answer(AnswerForm.Unreadable, bytes)
                : new Answer(AnswerForm.JsonObject, bytes)
                {
                    Reference = Cut(TextOf(json.RootElement, "ref")),
                    CustomerReference = TextOf(json.RootElement, "customer_ref"),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string is no valid text, such as half a surrogate pair.
            return new Answer(AnswerForm.Unreadable, bytes);
        }
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
