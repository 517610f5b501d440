using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

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
    /// <param name="utf8">The body.</param>
    /// <param name="now">When it was received.</param>
    public IdentifiersCheck Read(ReadOnlyMemory<byte> utf8, DateTimeOffset now)
    {
        if (utf8.Length > limits.EventBytes)
            return new IdentifiersCheck(null, [new Violation(EventCodes.EventTooLarge, "",
                $"Expected at most {limits.EventBytes} bytes; got {utf8.Length}.")]);

        var (document, fault) = StrictJson.Parse(utf8, limits.JsonDepth);
        if (document is null)
            return new IdentifiersCheck(null, [fault!]);

        using (document)
            return Read(document.RootElement, now);
    }

    private IdentifiersCheck Read(JsonElement root, DateTimeOffset now)
    {
        var found = new Violations();
        if (root.ValueKind != JsonValueKind.Object)
        {
            found.Error(EventCodes.WrongType, "",
                $"Expected an object; got {JsonShapes.Name(root.ValueKind)}. Write it as {{\"identifiers\":[…]}}.");
            EnclosedObjects.Check(root, "", found, (inner, at) => Members(inner, at, now, found));
            return new IdentifiersCheck(null, found.Errors) { Warnings = found.Warnings };
        }

        var (identifiers, profile) = Members(root, "", now, found);
        if (MaskMarks.FindMask(root, "") is { } masked)
            found.Error(masked.Code, masked.Path, masked.Detail);
        var request = found.Any ? null : new IdentifiersRequest(identifiers, profile);
        return new IdentifiersCheck(request, found.Errors) { Warnings = found.Warnings };
    }

    private (IReadOnlyList<Identifier> Identifiers, Utf8Json Profile) Members(
        JsonElement root, string path, DateTimeOffset now, Violations found)
    {
        var list = new IdentifierList(limits, tenant, found, now: now);
        var isBare = !root.TryGetProperty("identifiers"u8, out _) && root.EnumerateObject().Any(IsOfIdentifier);
        if (isBare)
        {
            found.Missing(JsonPointer.To(path, "identifiers"), "an array of identifiers",
                $" Write it as {{\"identifiers\":[{IdentifierList.Example}]}}.");
            list.One(root, path, [], isBare);
        }

        var identifiers = isBare ? [] : list.Read(root, path);
        var profile = default(Utf8Json);
        foreach (var member in root.EnumerateObject())
        {
            var at = JsonPointer.To(path, member.Name);
            if (member.NameEquals("profile"u8))
                profile = Profile(member.Value, at, found);
            else if (!isBare && !member.NameEquals("identifiers"u8))
                found.Error(EventCodes.UnknownMember, at, "Expected only identifiers and profile."
                    + Spelling.Advice(Spelling.Nearest(member.Name, ["identifiers", "profile"])));
        }

        return (identifiers, profile);
    }

    private static bool IsOfIdentifier(JsonProperty member)
        => IdentifierList.Members.Contains(member.Name) || Spelling.MeantBy(member.Name, IdentifierList.Members) is not null;

    /// <summary>
    /// The personal attributes in the spelling in which they are sent. A null means that there is no value.
    /// </summary>
    private static Utf8Json Profile(JsonElement profile, string path, Violations found)
    {
        if (profile.ValueKind == JsonValueKind.Null)
            return default;
        if (profile.ValueKind != JsonValueKind.Object)
        {
            var advice = profile.ValueKind == JsonValueKind.Array ? " Write the attributes of one guest: {…}."
                : JsonShapes.Advice(profile, JsonValueKind.Object);
            found.Error(EventCodes.WrongType, path,
                $"Expected an object; got {JsonShapes.Name(profile.ValueKind)}.{advice}");
            EnclosedObjects.Check(profile, path, found, (inner, at) => Profile(inner, at, found));
            return default;
        }

        if (profile.GetPropertyCount() == 0)
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

        return hasNulls ? WithoutNulls(profile, path, found) : Spelled(profile, path, found);
    }

    private static Utf8Json Spelled(JsonElement profile, string path, Violations found)
    {
        var spelled = new DefaultedMembers(path);
        new RuleCheck(found, spelled, extAttributes: 0).Members(profile, TypeRules.Person, path);
        NumberRange.Check(profile, path, found);
        var received = new Utf8Json(JsonMarshal.GetRawUtf8Value(profile).ToArray());
        return spelled.ToJson() is { IsEmpty: false } amendments ? Amendments.Apply(received, amendments) : received;
    }

    private static Utf8Json WithoutNulls(JsonElement profile, string path, Violations found)
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
        return rest.RootElement.GetPropertyCount() == 0 ? default : Spelled(rest.RootElement, path, found);
    }
}
