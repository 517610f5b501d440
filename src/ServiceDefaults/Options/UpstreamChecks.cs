using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Checks the form of the address of a tenant's upstream. Whether it is public is checked at every connection.
/// No message repeats more of it than the host, because an address may contain secrets.
/// </summary>
internal static class UpstreamChecks
{
    public static void Check(StreamApiOptions upstream, string path, List<string> failures)
    {
        var key = $"{path}:BaseUrl";
        if (!Uri.TryCreate(upstream.BaseUrl, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            failures.Add($"{key}: expected an absolute http or https address.");
            return;
        }

        if (address.UserInfo.Length > 0)
            failures.Add($"{key}: the address must not contain a user name or password.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            failures.Add($"{key}: expected scheme, host and path only; the address has a query or a fragment.");
        if (address.Scheme == Uri.UriSchemeHttp && !upstream.AllowInsecure)
        {
            failures.Add($"{key}: expected https; {address.Host} would get events in clear text. "
                + $"Set {path}:AllowInsecure to allow it.");
        }
    }
}
