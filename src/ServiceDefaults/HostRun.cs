using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults;

/// <summary>Runs a host, and says in a sentence what an operator can mend.</summary>
public static class HostRun
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            Console.Error.WriteLine($"The configuration cannot be used:{Environment.NewLine}"
                + string.Join(Environment.NewLine, exception.Failures));
            return 1;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            Console.Error.WriteLine($"{exception.Message} Choose another one: --urls http://localhost:8081");
            return 1;
        }
    }
}
