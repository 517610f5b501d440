using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads <c>{"identifiers":[{"provider","id","expiry_date"?}],"profile":{…}?}</c>. Holds no state.
/// </summary>
/// <param name="limits">
/// What the front door accepts; the request becomes an event and is no larger than one.
/// </param>
public sealed class IdentifiersRequestReader(IngestOptions limits)
{
    /// <summary>
    /// The personal attributes of an IDENTITY event by their wire names: strings, but for the lines of a
    /// street. Source: https://doc.sitecore.com/personalize/en/developers/api/identity-event.html
    /// </summary>
    public static FrozenDictionary<string, JsonValueKind> ProfileAttributes { get; } =
        new Dictionary<string, JsonValueKind>
        {
            ["email"] = JsonValueKind.String,
            ["title"] = JsonValueKind.String,
            ["firstname"] = JsonValueKind.String,
            ["lastname"] = JsonValueKind.String,
            ["gender"] = JsonValueKind.String,
            ["dob"] = JsonValueKind.String,
            ["mobile"] = JsonValueKind.String,
            ["phone"] = JsonValueKind.String,
            ["street"] = JsonValueKind.Array,
            ["city"] = JsonValueKind.String,
            ["state"] = JsonValueKind.String,
            ["postal_code"] = JsonValueKind.String,
            ["country"] = JsonValueKind.String,
        }.ToFrozenDictionary();

    /// <summary>
    /// Reads one request body; never throws. Nothing in the answer refers to <paramref name="utf8"/>.
    /// </summary>
    public IdentifiersCheck Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > limits.EventBytes)
            return new IdentifiersCheck(null, [new Violation("event_too_large", "",
                $"Expected at most {limits.EventBytes} bytes; got {utf8.Length}.")]);

        var (document, fault) = StrictJson.Parse(utf8, limits.JsonDepth);
        if (document is null)
            return new IdentifiersCheck(null, [fault!]);

        using (document)
            return Read(document.RootElement);
    }

    private IdentifiersCheck Read(JsonElement root)
    {
        var found = new Violations();
        if (!root.Is(JsonValueKind.Object, "", found))
            return new IdentifiersCheck(null, found.Errors);

        var identifiers = IdentifierList.Read(root, "", limits.Limits.Identifiers, closed: true, found);
        var profile = default(Utf8Json);
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals("profile"u8))
                profile = Profile(member.Value, found);
            else if (!member.NameEquals("identifiers"u8))
                found.Error("unknown_member", JsonPointer.To("", member.Name),
                    "Expected only identifiers and profile.");
        }

        var request = found.Any ? null : new IdentifiersRequest(identifiers, profile);
        return new IdentifiersCheck(request, found.Errors);
    }

    private static Utf8Json Profile(JsonElement profile, Violations found)
    {
        const string path = "/profile";
        if (!profile.Is(JsonValueKind.Object, path, found))
            return default;

        foreach (var attribute in profile.EnumerateObject())
        {
            var at = JsonPointer.To(path, attribute.Name);
            if (!ProfileAttributes.TryGetValue(attribute.Name, out var kind))
                found.Error("unknown_member", at,
                    "Expected only the personal attributes of an IDENTITY event.");
            else if (attribute.Value.Is(kind, at, found) && kind == JsonValueKind.Array)
                Lines(attribute.Value, at, found);
        }

        return profile.GetPropertyCount() == 0
            ? default
            : new Utf8Json(JsonMarshal.GetRawUtf8Value(profile).ToArray());
    }

    private static void Lines(JsonElement lines, string path, Violations found)
    {
        var index = 0;
        foreach (var line in lines.EnumerateArray())
            line.Is(JsonValueKind.String, JsonPointer.To(path, index++), found);
    }
}
