using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// What the service adds to one event, kept apart from the event as received: default members by name, and corrected
/// values by JSON Pointer (see <see cref="Amendments"/>).
/// </summary>
/// <param name="root">The path of the object they belong to.</param>
internal sealed class DefaultedMembers(string root)
{
    private List<KeyValuePair<string, string>>? _members;

    /// <summary>Adds a member. The last value of a name wins.</summary>
    public void Add(string name, string value)
    {
        _members ??= [];
        _members.RemoveAll(member => member.Key == name);
        _members.Add(new(name, value));
    }

    /// <param name="path">Into the envelope, as violations name it.</param>
    /// <param name="value">The value that is sent instead.</param>
    public void Amend(string path, string value) => Add(path[root.Length..], value);

    /// <summary>The default that was added under a name; null where none was.</summary>
    public string? ValueOf(string name) => _members?.Find(member => member.Key == name).Value;

    /// <summary>The added default whose name a misspelled one was meant to be.</summary>
    public string? Nearest(string name)
        => _members is null ? null : Spelling.Nearest(name, _members.ConvertAll(static member => member.Key));

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
