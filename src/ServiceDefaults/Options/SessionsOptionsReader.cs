using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Reads the section <c>Sessions</c> before services exist, because a host's composition depends on it.</summary>
internal static class SessionsOptionsReader
{
    /// <exception cref="OptionsValidationException">Lists all failures.</exception>
    public static ServiceOptions Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var failures = ConfigurationKeys.Check(configuration).Failures;
        if (failures.Count > 0)
            throw new OptionsValidationException(SessionsOptions.Section, typeof(ServiceOptions), failures);
        var options = configuration.GetSection(SessionsOptions.Section).Get<ServiceOptions>() ?? new ServiceOptions();
        DefaultSpelling.Apply(options);
        DependentOptions.Apply(options, environment.IsDevelopment());
        var checks = new SessionsOptionsChecks(environment).Validate(null, options);
        return checks.Failed
            ? throw new OptionsValidationException(SessionsOptions.Section, typeof(ServiceOptions), checks.Failures)
            : options;
    }
}
