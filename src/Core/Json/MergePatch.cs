using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuestSessions.Core.Json;

/// <summary>
/// Applies a JSON Merge Patch (RFC 7396) to the text of an object. Members that the patch does not name keep every byte, so
/// that numbers keep their digits. A member that the object names twice becomes one when the patch names it.
/// </summary>
public sealed class MergePatch
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<MergeChange> _changes = [];
    private readonly List<string> _path = [];

    private MergePatch()
    {
    }

    /// <param name="target">An object.</param>
    /// <param name="patch">An object that names no member twice.</param>
    /// <returns>The resulting object, and its changes in the order of its members.</returns>
    public static (Utf8Json Result, IReadOnlyList<MergeChange> Changes) Apply(JsonElement target, JsonElement patch)
    {
        var merge = new MergePatch();
        merge.Merge(target, patch);
        return (new Utf8Json(merge._output.WrittenMemory), merge._changes);
    }

    private void Merge(JsonElement target, JsonElement patch)
    {
        var named = patch.EnumerateObject().ToDictionary(
            static member => member.Name, static member => member, StringComparer.Ordinal);
        var (seen, any) = (new HashSet<string>(StringComparer.Ordinal), false);
        _output.Write("{"u8);
        foreach (var member in target.EnumerateObject())
        {
            if (!named.TryGetValue(member.Name, out var patched))
                Copy(member, ref any);
            else if (seen.Add(member.Name))
                Set(member, patched, ref any);
        }

        foreach (var member in patch.EnumerateObject().Where(member => !seen.Contains(member.Name)))
            Set(null, member, ref any);
        _output.Write("}"u8);
    }

    private void Copy(JsonProperty member, ref bool any)
    {
        Name(member, ref any);
        _output.Write(JsonMarshal.GetRawUtf8Value(member.Value));
    }

    private void Set(JsonProperty? before, JsonProperty patched, ref bool any)
    {
        _path.Add(patched.Name);
        if (patched.Value.ValueKind == JsonValueKind.Null)
            Note(before, default);
        else
        {
            Name(before ?? patched, ref any);
            Value(before, patched.Value);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void Value(JsonProperty? before, JsonElement patch)
    {
        if (patch.ValueKind == JsonValueKind.Object && before is { Value.ValueKind: JsonValueKind.Object } known)
        {
            Merge(known.Value, patch);
            return;
        }

        // An object that replaces another kind of value is merged into an empty one, so its nulls remove nothing.
        var after = patch.ValueKind == JsonValueKind.Object
            ? Apply(EmptyObject, patch).Result
            : new Utf8Json(JsonMarshal.GetRawUtf8Value(patch).ToArray());
        _output.Write(after.Bytes.Span);
        Note(before, after);
    }

    private void Note(JsonProperty? before, Utf8Json after)
    {
        var was = before is { } member ? new Utf8Json(JsonMarshal.GetRawUtf8Value(member.Value).ToArray()) : default;
        if (was != after)
            _changes.Add(new MergeChange([.. _path], was, after));
    }

    private void Name(JsonProperty member, ref bool any)
    {
        _output.Write(any ? ",\""u8 : "\""u8);
        _output.Write(JsonMarshal.GetRawUtf8PropertyName(member));
        _output.Write("\":"u8);
        any = true;
    }

    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}"u8);
}

/// <summary>One value that a patch changed.</summary>
/// <param name="Path">The names that lead to it.</param>
/// <param name="Before">Empty where there was none.</param>
/// <param name="After">Empty if the patch removed it.</param>
public sealed record MergeChange(IReadOnlyList<string> Path, Utf8Json Before, Utf8Json After);
