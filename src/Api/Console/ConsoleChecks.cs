using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>Outside Development, no host starts on which people choose their role themselves.</summary>
internal sealed class ConsoleChecks(IHostEnvironment environment) : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options) =>
        options.Console.Personas == true && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail(
                $"{SessionsOptions.Section}:Console:Personas: everybody could sign in as an admin. It works only in Development.")
            : ValidateOptionsResult.Success;
}
