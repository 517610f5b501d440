using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>
/// The command <c>ready</c>: asks the host that runs beside it, on this machine and with the same settings, whether
/// traffic may come. For images without any other program.
/// </summary>
public static class ReadyCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static bool Is(string[] args) => args is ["ready", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration)
    {
        var addresses = ListenAddresses.Of(configuration);
        // Nobody has a certificate for localhost: in clear text where there is a choice.
        var address = ListenAddresses.Local(
            addresses.FirstOrDefault(static one => one.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) ?? addresses[0]);
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
