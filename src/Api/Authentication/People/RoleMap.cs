using System.Collections.Frozen;
using GuestSessions.Api.Console;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication.People;

/// <summary>
/// What roles may do, by tenant. It follows changes of the settings. In Development it has the personas too, unless a configured
/// role has the same name.
/// </summary>
internal sealed class RoleMap
{
    private volatile FrozenDictionary<string, FrozenDictionary<string, string[]>> _roles;

    public RoleMap(IOptions<ServiceOptions> options, IHostEnvironment environment)
    {
        _roles = Read(options.Value, environment);
        options.Value.TenantsChanged += _ => _roles = Read(options.Value, environment);
    }

    public bool Knows(string role) => _roles.ContainsKey(role);

    /// <summary>The scopes of a person in each tenant where it has some.</summary>
    public SortedDictionary<string, HashSet<string>> GrantsOf(Person person)
    {
        var roles = _roles;
        var grants = new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var role in person.Roles)
        {
            foreach (var (tenant, scopes) in roles.GetValueOrDefault(role, FrozenDictionary<string, string[]>.Empty))
            {
                if (person.Tenants?.Contains(tenant) == false)
                    continue;
                if (!grants.TryGetValue(tenant, out var granted))
                    grants[tenant] = granted = [];
                granted.UnionWith(scopes);
            }
        }

        return grants;
    }

    /// <summary>Whether people choose their role themselves: in Development only.</summary>
    public static bool HasPersonas(ConsoleOptions options, IHostEnvironment environment) =>
        environment.IsDevelopment() && options.Personas != false;

    private static FrozenDictionary<string, FrozenDictionary<string, string[]>> Read(
        ServiceOptions options, IHostEnvironment environment)
    {
        var builtIn = HasPersonas(options.Console, environment)
            ? Personas.All.Select(static persona => new SignInRoleOptions
            {
                Name = persona.Id,
                Tenants = { [SignInRoleOptions.EveryTenant] = [.. persona.Scopes] },
            })
            : [];
        return options.SignIn.Roles.UnionBy(builtIn, static role => role.Name).ToFrozenDictionary(
            static role => role.Name,
            role => options.Tenants.Keys.Select(tenant => KeyValuePair.Create(tenant, role.ScopesIn(tenant).ToArray()))
                .Where(static granted => granted.Value.Length > 0).ToFrozenDictionary());
    }
}
