using System.Diagnostics;
using System.Text;

namespace GuestSessions.SystemTests.Hosting;

/// <summary>A host as people start it, until it is live; killed at the end.</summary>
internal sealed class StartedHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // On a machine that many share.

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-");
    private readonly Process _process = new() { EnableRaisingEvents = true };
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private StartedHost()
    {
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <param name="address">Where it has to answer.</param>
    /// <param name="environment">Beside what <see cref="HostRunOnce.Start"/> sets.</param>
    public static async Task<StartedHost> StartAsync(Uri address, IEnumerable<(string Name, string Value)> environment)
    {
        var host = new StartedHost();
        host._process.StartInfo = HostRunOnce.Start(host._folder.FullName, environment);
        host._process.OutputDataReceived += (_, line) => Keep(host._output, line.Data);
        host._process.ErrorDataReceived += (_, line) => Keep(host._errors, line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            await Eventually.TrueAsync(
                async () => !host._process.HasExited ? await IsReadyAsync(http, address)
                    : throw new InvalidOperationException("It ended."),
                Patience, $"it answers at {address}");
            return host;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            var said = host.Output + host.Errors;
            await host.DisposeAsync();
            throw new InvalidOperationException(said, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static void Keep(StringBuilder lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
                lines.Append(line).Append('\n');
        }
    }

    private static string Read(StringBuilder lines)
    {
        lock (lines)
            return lines.ToString();
    }
}
