using System.Text.Json;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Guests;

/// <summary>
/// Identifies a guest by the tenant's rules. The rules are tried in their order, with an exact match of the provider,
/// and the first that finds a profile wins. Profiles are never merged.
/// </summary>
internal sealed class IdentityResolution(IReadOnlyList<IdentityRule> rules, GuestBook guests)
{
    // No limit is documented; the emulator reads no more than this.
    private const int MostIdentifiers = 100;

    public Guest Resolve(Judgement judgement, string browserId, Guest guest)
    {
        var identifiers = Read(judgement);
        if (identifiers.Count == 0)
            return guest;
        if (identifiers.TrueForAll(identifier => RuleOf(identifier) is null))
        {
            judgement.Misread(
                "no_identity_rule", "/identifiers",
                $"No rule has one of the providers (rules: {string.Join(", ", rules.Select(rule => rule.Provider))}), "
                + $"so the guest stays a {guest.Type.ToString().ToLowerInvariant()}.");
            return guest;
        }

        Remark(judgement, identifiers);
        var usable = identifiers.Where(identifier => RuleOf(identifier) is not null).ToList();
        var found = rules
            .SelectMany(rule => usable.Where(identifier => identifier.Provider == rule.Provider))
            .Select(guests.Find)
            .OfType<Guest>()
            .DistinctBy(match => match.Ref)
            .ToList();
        if (found.Count > 1)
            judgement.Misread(
                "profiles_not_merged", "/identifiers",
                "The identifiers belong to different profiles; the first rule that finds one wins, and the "
                + "others stay as they are.", Basis.Observed);

        if (found.Count > 0 && found[0].Ref != guest.Ref)
        {
            judgement.Remark(
                guest.Type == GuestType.Visitor ? "profile_retired" : "browser_moved", "/identifiers",
                $"The browser belongs to profile {found[0].Ref} from now on.");
            guest = guests.Move(browserId, guest, found[0]);
        }

        return guests.Identify(guest, usable);
    }

    private static List<GuestIdentifier> Read(Judgement judgement)
    {
        if (!judgement.Json.TryGetProperty("identifiers", out var list)
            || list.ValueKind != JsonValueKind.Array)
            return [];
        if (list.GetArrayLength() > MostIdentifiers)
            judgement.Remark(
                "identifiers_over_100", "/identifiers", "The emulator reads only the first 100.",
                Basis.Inferred);
        return
        [
            .. from item in list.EnumerateArray().Take(MostIdentifiers)
               where item.ValueKind == JsonValueKind.Object
               let provider = item.TextOf("provider")
               let id = item.TextOf("id")
               where provider is not null && id is not null
               select new GuestIdentifier(provider, id),
        ];
    }

    private void Remark(Judgement judgement, List<GuestIdentifier> identifiers)
    {
        for (var i = 0; i < identifiers.Count; i++)
        {
            if (RuleOf(identifiers[i]) is null)
                judgement.Remark(
                    "no_identity_rule", $"/identifiers/{i}/provider",
                    $"\"{identifiers[i].Provider}\" is not the provider of a rule; the identifier is not kept.");
        }
    }

    private IdentityRule? RuleOf(GuestIdentifier identifier) =>
        rules.FirstOrDefault(rule => rule.Provider == identifier.Provider);
}
