using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Composes the JSON that goes upstream: the caller's members byte for byte and in their order, with corrected
/// spellings, then the members of the defaults, then what the service itself adds. Both the request and the support
/// view come from here.
/// </summary>
public static class WireBody
{
    // Literals are quoted: a bare colon stands for a separator that a culture may change.
    private const string TimeFormat = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fff'Z'";

    /// <summary>Writes the composed object.</summary>
    /// <param name="output">Receives the object.</param>
    /// <param name="body">
    /// The event object as received. Its own <c>browser_id</c> and <c>client_key</c> are left out.
    /// </param>
    /// <param name="defaults">
    /// A JSON object of the members that defaults add and of <see cref="Amendments"/>, or empty.
    /// </param>
    /// <param name="browserId">The upstream browser id; null leaves the member out.</param>
    /// <param name="clientKey">
    /// The tenant's client key; null leaves the member out, as in the support view.
    /// </param>
    /// <param name="requestedAt">
    /// Sent as <c>requested_at</c> in UTC with milliseconds, unless null or the caller wrote one already.
    /// </param>
    /// <param name="pointOfSale">Sent as <c>pos</c> instead of the event's own; null keeps that one.</param>
    /// <exception cref="JsonException">An argument is not one well-formed JSON value.</exception>
    /// <exception cref="ArgumentException">An argument is JSON, but not an object.</exception>
    public static void Write(
        IBufferWriter<byte> output,
        Utf8Json body,
        Utf8Json defaults,
        string? browserId,
        string? clientKey,
        DateTimeOffset? requestedAt,
        string? pointOfSale = null)
    {
        var members = new Members(output, pointOfSale is not null);
        members.CopyFrom(Amendments.AreIn(defaults) ? Amendments.Apply(body, defaults) : body);
        if (!defaults.IsEmpty)
            members.CopyFrom(defaults, isDefaults: true);
        if (pointOfSale is not null)
            members.Add("pos"u8, pointOfSale);
        if (browserId is not null)
            members.Add("browser_id"u8, browserId);
        if (clientKey is not null)
            members.Add("client_key"u8, clientKey);
        if (requestedAt is { } at && !members.HasRequestedAt)
            members.Add("requested_at"u8, at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        members.End();
    }

    /// <summary>Characters that nearly all ids and keys consist of, and that JSON writes as they are.</summary>
    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/ ");

    private ref struct Members(IBufferWriter<byte> output, bool ownPointOfSale)
    {
        private bool _any;

        public bool HasRequestedAt { get; private set; }

        public void CopyFrom(Utf8Json json, bool isDefaults = false)
        {
            var bytes = json.Bytes.Span;
            var reader = new Utf8JsonReader(bytes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new ArgumentException("An event is a JSON object.", nameof(json));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                var ours = reader.ValueTextEquals("browser_id"u8) || reader.ValueTextEquals("client_key"u8)
                    || (ownPointOfSale && reader.ValueTextEquals("pos"u8))
                    || (isDefaults && bytes[start + 1] == '/');
                HasRequestedAt |= reader.ValueTextEquals("requested_at"u8);
                reader.Read();
                reader.Skip();
                if (!ours)
                    Append(bytes[start..(int)reader.BytesConsumed]);
            }
        }

        public void Add(ReadOnlySpan<byte> name, string value)
        {
            Append("\""u8);
            output.Write(name);
            output.Write("\":\""u8);
            if (value.AsSpan().ContainsAnyExcept(Unescaped))
                output.Write(JsonEncodedText.Encode(value).EncodedUtf8Bytes);
            else
                Encoding.ASCII.GetBytes(value, output);
            output.Write("\""u8);
        }

        public readonly void End() => output.Write(_any ? "}"u8 : "{}"u8);

        private void Append(ReadOnlySpan<byte> text)
        {
            output.Write(_any ? ","u8 : "{"u8);
            output.Write(text);
            _any = true;
        }
    }
}
