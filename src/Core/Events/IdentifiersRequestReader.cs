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
/// What the front door accepts; the request becomes an event and is no larger than one.
/// </param>
/// <param name="tenant">The tenant's identity rules.</param>
public sealed class IdentifiersRequestReader(IngestOptions limits, TenantRulesOptions tenant)
{
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

        if (MaskMarks.FindMask(root, "") is { } masked)
            found.Error(masked.Code, masked.Path, masked.Detail);
        IdentityRuleCheck.Check(identifiers, "", tenant, found);
        var request = found.Any ? null : new IdentifiersRequest(identifiers, profile);
        return new IdentifiersCheck(request, found.Errors) { Warnings = found.Warnings };
    }

    /// <summary>The personal attributes, in the spelling in which they are sent.</summary>
    private static Utf8Json Profile(JsonElement profile, Violations found)
    {
        const string path = "/profile";
        if (!profile.Is(JsonValueKind.Object, path, found) || profile.GetPropertyCount() == 0)
            return default;

        foreach (var attribute in profile.EnumerateObject())
        {
            if (!TypeRules.Person.Any(rule => attribute.NameEquals(rule.Name)))
                found.Error("unknown_member", JsonPointer.To(path, attribute.Name),
                    "Expected only the personal attributes of an IDENTITY event.");
        }

        var spelled = new DefaultedMembers(path);
        new RuleCheck(found, spelled, extAttributes: 0).Members(profile, TypeRules.Person, path);
        var received = new Utf8Json(JsonMarshal.GetRawUtf8Value(profile).ToArray());
        return spelled.ToJson() is { IsEmpty: false } amendments ? Amendments.Apply(received, amendments) : received;
    }
}
