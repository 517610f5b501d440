using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads <c>{"identifiers":[{"provider","id","expiry_date"?}],"profile":{…}?}</c>. Holds no state.
/// </summary>
/// <param name="limits">
/// The ingest limits. The request becomes an event and has the same maximum size.
/// </param>
/// <param name="tenant">The tenant's identity rules.</param>
public sealed class IdentifiersRequestReader(IngestOptions limits, TenantRulesOptions tenant)
{
    /// <summary>
    /// Reads one request body; never throws. The result keeps no reference to <paramref name="utf8"/>.
    /// </summary>
    public IdentifiersCheck Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > limits.EventBytes)
            return new IdentifiersCheck(null, [new Violation(EventCodes.EventTooLarge, "",
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

        var identifiers = new IdentifierList(limits, tenant, found).Read(root, "");
        var profile = default(Utf8Json);
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals("profile"u8))
                profile = Profile(member.Value, found);
            else if (!member.NameEquals("identifiers"u8))
                found.Error(
                    EventCodes.UnknownMember, JsonPointer.To("", member.Name), "Expected only identifiers and profile."
                    + Spelling.Advice(Spelling.Nearest(member.Name, ["identifiers", "profile"])));
        }

        if (MaskMarks.FindMask(root, "") is { } masked)
            found.Error(masked.Code, masked.Path, masked.Detail);
        var request = found.Any ? null : new IdentifiersRequest(identifiers, profile);
        return new IdentifiersCheck(request, found.Errors) { Warnings = found.Warnings };
    }

    /// <summary>
    /// The personal attributes in the spelling in which they are sent. A null means that there is no value.
    /// </summary>
    private static Utf8Json Profile(JsonElement profile, Violations found)
    {
        const string path = "/profile";
        if (profile.ValueKind == JsonValueKind.Null
            || !profile.Is(JsonValueKind.Object, path, found) || profile.GetPropertyCount() == 0)
            return default;

        var hasNulls = false;
        foreach (var attribute in profile.EnumerateObject())
        {
            hasNulls |= attribute.Value.ValueKind == JsonValueKind.Null;
            if (!TypeRules.Person.Any(rule => attribute.NameEquals(rule.Name)))
                found.Error(EventCodes.UnknownMember, JsonPointer.To(path, attribute.Name),
                    "Expected only the personal attributes of an IDENTITY event."
                    + Spelling.Advice(Spelling.Nearest(attribute.Name, TypeRules.Person.Select(static rule => rule.Name))));
        }

        return hasNulls ? WithoutNulls(profile, found) : Spelled(profile, found);
    }

    private static Utf8Json Spelled(JsonElement profile, Violations found)
    {
        const string path = "/profile";
        var spelled = new DefaultedMembers(path);
        new RuleCheck(found, spelled, extAttributes: 0).Members(profile, TypeRules.Person, path);
        NumberRange.Check(profile, path, found);
        var received = new Utf8Json(JsonMarshal.GetRawUtf8Value(profile).ToArray());
        return spelled.ToJson() is { IsEmpty: false } amendments ? Amendments.Apply(received, amendments) : received;
    }

    private static Utf8Json WithoutNulls(JsonElement profile, Violations found)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var attribute in profile.EnumerateObject())
            {
                if (attribute.Value.ValueKind != JsonValueKind.Null)
                    attribute.WriteTo(json);
            }

            json.WriteEndObject();
        }

        using var rest = JsonDocument.Parse(buffer.WrittenMemory);
        return rest.RootElement.GetPropertyCount() == 0 ? default : Spelled(rest.RootElement, found);
    }
}
