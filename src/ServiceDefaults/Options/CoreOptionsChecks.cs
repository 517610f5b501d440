using GuestSessions.Core.Options;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The checks of projects that know no more than the core's part of the options.</summary>
internal sealed class CoreOptionsChecks(IEnumerable<IValidateOptions<SessionsOptions>> checks) : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        var failures = checks.Select(check => check.Validate(name, options))
            .Where(static result => result.Failed)
            .SelectMany(static result => result.Failures!)
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
