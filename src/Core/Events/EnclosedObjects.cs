using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// The objects in a value of another shape than was expected: in a list, or in a text that holds JSON. What is wrong with
/// them is told together with the shape; corrected one at a time, it would take a try for each.
/// </summary>
internal static class EnclosedObjects
{
    private const int Depth = 16;

    /// <param name="value">An object is checked itself.</param>
    /// <param name="path">Its path; what a text holds has the path that it would have outside of it.</param>
    /// <param name="found">No more is looked at once it is full.</param>
    /// <param name="check">Is given each object and its path.</param>
    public static void Check(JsonElement value, string path, Violations found, Action<JsonElement, string> check)
    {
        if (found.Full)
            return;
        if (value.ValueKind == JsonValueKind.Object)
            check(value, path);
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                Check(item, JsonPointer.To(path, index++), found, check);
        }
        else if (value.ValueKind == JsonValueKind.String)
            CheckText(value.GetString()!, path, found, check);
    }

    // What an SDK sends is read by nobody, so that the texts in it are not worth it.
    private static void CheckText(string text, string path, Violations found, Action<JsonElement, string> check)
    {
        if (found.IsLenient || text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return;
        var (document, _) = StrictJson.Parse(Utf8Json.Parse(text).Bytes, Depth);
        using (document)
        {
            if (document is not null)
                Check(document.RootElement, path, found, check);
        }
    }
}
