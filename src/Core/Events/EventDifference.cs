using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>Finds where two events with the same id differ. It compares them as their content hashes do.</summary>
public static class EventDifference
{
    /// <summary>The first path, in the order of the later event, at which they differ; null where they do not.</summary>
    /// <param name="first">The event that has the id.</param>
    /// <param name="later">The later event with the same id.</param>
    public static string? Find(Utf8Json first, Utf8Json later)
    {
        using var one = JsonDocument.Parse(first.Bytes);
        using var other = JsonDocument.Parse(later.Bytes);
        return Find(one.RootElement, other.RootElement, "/event");
    }

    private static string? Find(JsonElement first, JsonElement later, string path)
    {
        if (first.ValueKind != later.ValueKind)
            return path;
        return later.ValueKind switch
        {
            JsonValueKind.Object => InObject(first, later, path),
            JsonValueKind.Array => InArray(first, later, path),
            JsonValueKind.String => first.ValueEquals(later.GetString()) ? null : path,

            // As written: 1.0 is not 1.
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(first).SequenceEqual(JsonMarshal.GetRawUtf8Value(later))
                ? null : path,
            _ => null,
        };
    }

    private static string? InObject(JsonElement first, JsonElement later, string path)
    {
        foreach (var member in later.EnumerateObject())
        {
            var at = JsonPointer.To(path, member.Name);
            if (!first.TryGetProperty(member.Name, out var value))
                return at;
            if (Find(value, member.Value, at) is { } found)
                return found;
        }

        foreach (var member in first.EnumerateObject())
        {
            if (!later.TryGetProperty(member.Name, out _))
                return JsonPointer.To(path, member.Name);
        }

        return null;
    }

    private static string? InArray(JsonElement first, JsonElement later, string path)
    {
        var (length, laterLength) = (first.GetArrayLength(), later.GetArrayLength());
        for (var at = 0; at < Math.Min(length, laterLength); at++)
        {
            if (Find(first[at], later[at], JsonPointer.To(path, at)) is { } found)
                return found;
        }

        return length == laterLength ? null : JsonPointer.To(path, Math.Min(length, laterLength));
    }
}
