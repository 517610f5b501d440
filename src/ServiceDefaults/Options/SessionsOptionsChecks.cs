using GuestSessions.Core.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Checks the whole section <c>Sessions</c> once at start. Every message begins with the wrong configuration key.
/// All failures are reported together, except that values are not compared while one is missing.
/// </summary>
internal sealed class SessionsOptionsChecks(IHostEnvironment environment) : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        var failures = new List<string>();
        var annotations = new AnnotationChecks(failures);
        annotations.Check(options, SessionsOptions.Section);
        if (!annotations.FoundNull)
        {
            TenantChecks.Check(options, failures);
            ClusterChecks.Check(options, failures);
            IngressChecks.Check(options.Ingress, failures);
            AddressChecks.Check($"{SessionsOptions.Section}:Metrics:Urls", options.Metrics.Urls, failures);
            EmulatorChecks.Check(options.Emulator, environment.IsDevelopment(), failures);
            SignInChecks.Check(options, environment.IsDevelopment(), failures);
            MemoryChecks.Check(options.Memory, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
