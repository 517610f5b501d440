using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>The members that defaults add to one event.</summary>
internal sealed class DefaultedMembers
{
    private List<KeyValuePair<string, string>>? _members;

    public void Add(string name, string value) => (_members ??= []).Add(new(name, value));

    /// <summary>A JSON object of the members; empty when there are none.</summary>
    public Utf8Json ToJson()
    {
        if (_members is null)
            return default;

        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in _members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return new Utf8Json(buffer.WrittenMemory);
    }
}
