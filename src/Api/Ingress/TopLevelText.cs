using System.Text.Json;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Ingress;

/// <summary>Reads one member of an object without building the rest.</summary>
internal static class TopLevelText
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The member's string; null where it is absent, no string, or behind something malformed.</summary>
    public static string? Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(StrictJson.WithoutMark(json), AnyDepth);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What is wrong with it is told where it is read whole.
        }

        return null;
    }

    /// <summary>Whether it is one JSON object, from its beginning to its end.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(StrictJson.WithoutMark(json), AnyDepth);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
