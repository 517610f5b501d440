using GuestSessions.Core.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>Outside Development, an API host starts only with at least one key, and without demo keys.</summary>
internal sealed class ApiKeyChecks(IHostEnvironment environment) : IValidateOptions<SessionsOptions>
{
    private static readonly HashSet<string> DemoHashes =
        DemoKeys.All.Select(key => key.SecretSha256).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, SessionsOptions options)
    {
        if (environment.IsDevelopment())
            return ValidateOptionsResult.Success;

        var keys = options.Tenants
            .SelectMany(tenant => tenant.Value.ApiKeys.Select((key, at) =>
                (Path: $"{SessionsOptions.Section}:Tenants:{tenant.Key}:ApiKeys:{at}", Key: key)))
            .ToList();
        if (keys.Count == 0)
            return ValidateOptionsResult.Fail(
                $"{SessionsOptions.Section}:Tenants:{{name}}:ApiKeys: the API has no key. "
                + "Configure at least one {Id, SecretSha256, Scopes}; demo keys exist only in Development.");

        var demo = keys.Where(key => DemoHashes.Contains(key.Key.SecretSha256)).ToList();
        return demo.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(demo.Select(key =>
                $"{key.Path}:SecretSha256: this is a demo key, which everyone knows; "
                + "it works only in Development."));
    }
}
