using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>Compares the <c>ext</c> of one event with the types that its attributes had before.</summary>
internal readonly struct ExtTypeCheck(ExtTypes types, string eventType, JsonElement ext)
{
    /// <summary>Reports attributes whose type has changed.</summary>
    /// <returns>Whether there are new ones.</returns>
    public bool Check(bool strict, Violations found)
    {
        var hasNew = false;
        foreach (var attribute in ext.EnumerateObject())
        {
            if (TypeOf(attribute.Value) is not { } type)
                continue;
            if (!types.TryGet(eventType, attribute, out var known))
                hasNew = true;
            else if (known != type)
                found.Note(!strict, EventCodes.ExtTypeDrift, JsonPointer.To("/event/ext", attribute.Name),
                    $"Expected {Name(known)}, as in earlier events of this type; got {Name(type)}.");
        }

        return hasNew;
    }

    /// <summary>Remembers new attributes, once the event is accepted.</summary>
    public void Learn()
    {
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
