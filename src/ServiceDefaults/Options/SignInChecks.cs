using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks that people can sign in as it is configured.</summary>
internal static class SignInChecks
{
    private const string SignIn = $"{SessionsOptions.Section}:SignIn";

    public static void Check(ServiceOptions options, bool isDevelopment, List<string> failures)
    {
        var signIn = options.SignIn;
        CheckRoles(options, failures);
        if (signIn.Authority.Length == 0)
        {
            if (signIn.ClientId.Length > 0 || signIn.Audiences.Count > 0)
                failures.Add($"{SignIn}:Authority: nobody can sign in without a provider. Set its issuer, or remove ClientId and Audiences.");
            return;
        }

        CheckAddress("Authority", signIn.Authority, isDevelopment, failures);
        if (signIn is { OpensConsole: false, OpensApi: false })
            failures.Add($"{SignIn}:ClientId: set it for the console, or {SignIn}:Audiences for the API; without both, nobody can sign in.");
        if (signIn.Roles.Count == 0)
            failures.Add($"{SignIn}:Roles: nobody could do anything. Map at least one role of the provider to scopes.");
        if (signIn.Audiences.Any(string.IsNullOrWhiteSpace))
            failures.Add($"{SignIn}:Audiences: an audience is empty. Write what the tokens have in \"aud\".");
        if (signIn.OpensConsole)
            CheckPublicAddress(signIn.PublicAddress, isDevelopment, failures);
    }

    private static void CheckPublicAddress(string address, bool isDevelopment, List<string> failures)
    {
        if (address.Length == 0)
        {
            if (!isDevelopment)
                failures.Add($"{SignIn}:PublicAddress: set scheme and host at which people open the console, like https://sessions.example.");
            return;
        }

        CheckAddress("PublicAddress", address, isDevelopment, failures);
        if (Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.AbsolutePath != "/")
            failures.Add($"{SignIn}:PublicAddress: expected scheme and host only; the console is at /console below it.");
    }

    private static void CheckAddress(string key, string address, bool isDevelopment, List<string> failures)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp)
            || parsed.UserInfo.Length + parsed.Query.Length + parsed.Fragment.Length > 0)
            failures.Add($"{SignIn}:{key}: expected an address like https://login.example, without a user, query or fragment.");
        else if (parsed.Scheme == Uri.UriSchemeHttp && !isDevelopment)
            failures.Add($"{SignIn}:{key}: expected https; http works in Development only.");
    }

    private static void CheckRoles(ServiceOptions options, List<string> failures)
    {
        var roles = options.SignIn.Roles;
        foreach (var repeated in roles.GroupBy(static role => role.Name).Where(static same => same.Key.Length > 0 && same.Count() > 1))
            failures.Add($"{SignIn}:Roles: two roles have the name \"{repeated.Key}\". Put their tenants below one.");
        for (var at = 0; at < roles.Count; at++)
        {
            foreach (var (tenant, scopes) in roles[at].Tenants)
            {
                var path = $"{SignIn}:Roles:{at}:Tenants:{tenant}";
                if (tenant != SignInRoleOptions.EveryTenant && !options.Tenants.ContainsKey(tenant))
                    failures.Add($"{path}: there is no such tenant. Write its name as below {SessionsOptions.Section}:Tenants, or * for every tenant.");
                if (scopes.Count == 0)
                    failures.Add($"{path}: expected at least one scope of {string.Join(", ", TenantChecks.Scopes.Order())}.");
                foreach (var unknown in scopes.Except(TenantChecks.Scopes))
                    failures.Add($"{path}: unknown scope \"{unknown}\"; expected any of {string.Join(", ", TenantChecks.Scopes.Order())}.");
            }
        }
    }
}
