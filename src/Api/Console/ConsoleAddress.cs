using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>
/// The address at which people open the console. A proxy ends TLS and may change the host, and a header that says what it was may
/// be anybody's; so the address is a setting, and outside Development it is always https.
/// </summary>
internal sealed class ConsoleAddress(IOptions<ServiceOptions> options, IHostEnvironment environment)
{
    private readonly Uri? _public =
        options.Value.SignIn.PublicAddress is { Length: > 0 } address ? new Uri(address) : null;

    /// <summary>Makes a request of the console what it was to the browser.</summary>
    public void Apply(HttpRequest request)
    {
        if (!environment.IsDevelopment())
            request.Scheme = Uri.UriSchemeHttps;
        if (_public is null)
            return;
        request.Scheme = _public.Scheme;
        request.Host = new HostString(_public.Authority);
    }
}
