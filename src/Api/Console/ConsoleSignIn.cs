using GuestSessions.Api.Authentication;
using GuestSessions.Api.Authentication.People;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>
/// Signs people in by one cookie, whatever way they came: it holds who they are, their roles and the tenant that they chose. What
/// they may do follows from the roles with every request. The cookie opens the console and no call of the API.
/// </summary>
internal static class ConsoleSignIn
{
    public const string Scheme = "console";

    /// <summary>How the audit marks what people do here.</summary>
    public const string Via = "console";

    /// <summary>The browser takes such a cookie only with <c>Secure</c>, for the whole host, and from nobody else's host.</summary>
    private const string HostPrefix = "__Host-";

    public static void AddConsoleSignIn(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, static options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SlidingExpiration = false;
        });
        services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<TimeProvider, IHostEnvironment, IOptions<ServiceOptions>>(static (options, time, environment, settings) =>
            {
                options.TimeProvider = time;
                options.ExpireTimeSpan = settings.Value.SignIn.SessionLength;
                Protect(options.Cookie, "sessions-console", environment);
            });
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>(static (options, environment) =>
        {
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true; // The console sets it, stricter.
            Protect(options.Cookie, "sessions-console-form", environment);
        });
    }

    /// <summary>Outside Development a cookie goes over TLS only, and is this host's own. Only laptops go without.</summary>
    public static void Protect(CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        cookie.Name = environment.IsDevelopment() ? name : $"{HostPrefix}{name}";
        cookie.Path = environment.IsDevelopment() ? ConsoleEndpoints.Root : "/";
        cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
    }

    public static Task SignInAsync(HttpContext context, Person person) =>
        context.SignInAsync(Scheme, person.ToPrincipal(Scheme));

    /// <summary>Puts a tenant into the cookie. It expires when it would have.</summary>
    public static async Task ChooseTenantAsync(HttpContext context, Person person, string tenant)
    {
        var before = await context.AuthenticateAsync(PeopleSchemes.People);
        await context.SignInAsync(
            Scheme, (person with { Tenant = tenant }).ToPrincipal(Scheme), new AuthenticationProperties
            {
                IssuedUtc = before.Properties?.IssuedUtc,
                ExpiresUtc = before.Properties?.ExpiresUtc,
            });
    }

    /// <summary>Who calls, and what follows from the roles now; null if nobody has signed in.</summary>
    public static async Task<SignedIn?> FindAsync(HttpContext context)
    {
        if (Person.Of((await context.AuthenticateAsync(PeopleSchemes.People)).Principal) is not { } person)
            return null;
        var grants = context.RequestServices.GetRequiredService<RoleMap>().GrantsOf(person);
        var tenant = grants.Count == 1 ? grants.Keys.Single() : person.Tenant;
        var caller = tenant is not null && grants.TryGetValue(tenant, out var scopes)
            ? new Caller(tenant, person.Name, scopes, Via)
            : null;
        return new SignedIn(person, [.. grants.Keys], caller);
    }

    /// <summary>Whether people choose their role themselves: in Development only.</summary>
    public static bool HasPersonas(HttpContext context) => RoleMap.HasPersonas(
        context.RequestServices.GetRequiredService<IOptions<ServiceOptions>>().Value.Console,
        context.RequestServices.GetRequiredService<IHostEnvironment>());
}

/// <summary>Somebody who has signed in to the console.</summary>
/// <param name="Tenants">Where the person has a role.</param>
/// <param name="Caller">Null if the person has no role, or has not chosen between several tenants yet.</param>
internal sealed record SignedIn(Person Person, IReadOnlyList<string> Tenants, Caller? Caller)
{
    /// <summary>Null where nobody has signed in.</summary>
    public static SignedIn? Of(HttpContext context) => context.Features.Get<SignedIn>();
}
