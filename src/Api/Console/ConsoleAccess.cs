using System.Collections.Frozen;
using GuestSessions.Api.Authentication;

namespace GuestSessions.Api.Console;

/// <summary>Marks an endpoint of the console. Its caller signs in by a cookie, and may need a scope.</summary>
/// <param name="Scope">Null for a page that everybody who has signed in may see.</param>
/// <param name="IsOpen">Open to everybody: signing in, and the files of the pages.</param>
/// <param name="NeedsTenant">False for a page of somebody who has no role, or has not chosen a tenant yet.</param>
internal sealed record ConsoleAccess(string? Scope = null, bool IsOpen = false, bool NeedsTenant = true);

/// <summary>A role of people in the console, and the scopes that it has in the API.</summary>
/// <param name="Id">As the cookie and the audit name it.</param>
/// <param name="Title">With an article, within a sentence.</param>
public sealed record Persona(string Id, string Title, string Purpose, IReadOnlyList<string> Scopes);

/// <summary>The roles of people. Permissions follow from the scopes alone, as for keys of the API.</summary>
public static class Personas
{
    public static IReadOnlyList<Persona> All { get; } =
    [
        new("agent", "an agent", "Answers customers: finds guests and repairs their events.",
            [Scopes.SupportRead, Scopes.SupportAct]),
        new("lead", "a lead", "Answers hard cases, and may see values that others see masked.",
            [Scopes.SupportRead, Scopes.SupportAct, Scopes.SupportReveal]),
        new("privacy", "a privacy officer", "Looks after personal data: erases, exports, sets consent, reads the audit.",
            [Scopes.SupportRead, Scopes.SupportReveal, Scopes.Admin]),
        new("admin", "an admin", "Runs the tenant: pauses delivery, and reads the audit.",
            [Scopes.SupportRead, Scopes.SupportAct, Scopes.SupportReveal, Scopes.Admin]),
    ];

    private static readonly FrozenDictionary<string, Persona> ById = All.ToFrozenDictionary(static persona => persona.Id);

    /// <summary>Null for an unknown id.</summary>
    public static Persona? Find(string? id) => id is null ? null : ById.GetValueOrDefault(id);

    /// <summary>Who has a scope, in words: <c>an agent, a lead or an admin</c>.</summary>
    public static string With(string scope)
    {
        string[] titles = [.. All.Where(persona => persona.Scopes.Contains(scope)).Select(static persona => persona.Title)];
        return titles.Length < 2 ? titles[0] : $"{string.Join(", ", titles[..^1])} or {titles[^1]}";
    }
}

/// <summary>What every page of the console knows.</summary>
/// <param name="Caller">Null before somebody has signed in.</param>
/// <param name="FormField">The name of the field that proves that a form is ours.</param>
/// <param name="FormToken">Its value for this person.</param>
/// <param name="Address">Path and query of the page.</param>
/// <param name="Done">A word for what the act before this page did; null for none.</param>
public sealed record ConsoleView(
    Caller? Caller, DateTimeOffset Now, string FormField, string FormToken, string Address, string? Done)
{
    /// <summary>The tenants between which the person can choose.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    public bool Can(string scope) => Caller?.Has(scope) == true;
}
