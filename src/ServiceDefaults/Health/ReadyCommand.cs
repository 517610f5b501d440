using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>
/// The command <c>ready</c>: asks the host that runs on this machine with the same settings whether it can take
/// traffic. For images without any other program.
/// </summary>
public static class ReadyCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static bool Is(string[] args) => args is ["ready", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration)
    {
        var addresses = ListenAddresses.Of(configuration);
        // No certificate is valid for localhost, so it prefers clear text.
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
