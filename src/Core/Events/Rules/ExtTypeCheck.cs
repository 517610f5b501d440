using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>Compares the <c>ext</c> of one event with the types that its attributes had before.</summary>
internal sealed class ExtTypeCheck(ExtTypes types, string eventType, JsonElement ext)
{
    private bool _hasNew;

    /// <summary>Reports attributes whose type has changed.</summary>
    public void Check(bool strict, Violations found)
    {
        foreach (var attribute in ext.EnumerateObject())
        {
            if (TypeOf(attribute.Value) is not { } type)
                continue;
            if (!types.TryGet(eventType, attribute.Name, out var known))
                _hasNew = true;
            else if (known != type)
                found.Note(!strict, EventCodes.ExtTypeDrift, JsonPointer.To("/event/ext", attribute.Name),
                    $"Expected {Name(known)}, as in earlier events of this type; got {Name(type)}.");
        }
    }

    /// <summary>Remembers new attributes, once the event is accepted.</summary>
    public void Learn()
    {
        if (!_hasNew)
            return;
        foreach (var attribute in ext.EnumerateObject())
        {
            if (TypeOf(attribute.Value) is { } type)
                types.Learn(new ExtAttribute(eventType, attribute.Name, type));
        }
    }

    private static ExtType? TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ExtType.Text,
        JsonValueKind.Number => ExtType.Number,
        JsonValueKind.True or JsonValueKind.False => ExtType.Boolean,
        JsonValueKind.Array => ExtType.List,
        _ => null,
    };

    private static string Name(ExtType type) => type switch
    {
        ExtType.Text => "a string",
        ExtType.Number => "a number",
        ExtType.Boolean => "a boolean",
        _ => "an array",
    };
}
