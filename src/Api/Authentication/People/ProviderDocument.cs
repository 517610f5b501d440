using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Authentication.People;

/// <summary>
/// The provider's addresses and signing keys, from its discovery document. It is read in the background. A token with a key that
/// is not known asks for it again, but the provider is asked at most once in <see cref="Pause"/>, whatever strangers send.
/// </summary>
internal sealed partial class ProviderDocument : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>How often the document is read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>The least time between two readings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How long a page waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SignInOptions _options;
    private readonly bool _isDevelopment;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    /// <summary>Only the request that asked for a reading waits for it.</summary>
    private readonly AsyncLocal<bool> _waits = new();

    private volatile OpenIdConnectConfiguration? _current;
    private Task _reading = Task.CompletedTask;
    private long? _lastRead;
    private bool _isFailing;

    public ProviderDocument(
        IOptions<ServiceOptions> options, IHostEnvironment environment, ProviderConnection connection, TimeProvider time,
        ILogger<ProviderDocument> logger)
    {
        _options = options.Value.SignIn;
        _isDevelopment = environment.IsDevelopment();
        _http = connection.Http;
        _time = time;
        _logger = logger;
        // A key that the provider no longer has must not stay good.
        UseLastKnownGoodConfiguration = false;
    }

    /// <summary>Null until it has been read for the first time.</summary>
    public OpenIdConnectConfiguration? Current => _current;

    /// <summary>Called by the validation of a token whose key or issuer is not that of the document.</summary>
    public override void RequestRefresh()
    {
        _waits.Value = true;
        _ = ReadAsync();
    }

    /// <exception cref="InvalidOperationException">It has never been read.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (_current is null || _waits.Value)
            await ReadAsync().WaitAsync(cancel);
        return _current ?? throw new InvalidOperationException("The provider's discovery document has not been read yet.");
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) =>
        await GetConfigurationAsync(cancel);

    /// <summary>Whether it is known, after a short wait where it is being read for the first time.</summary>
    public async Task<bool> IsKnownAsync()
    {
        if (_current is null)
            await Task.WhenAny(ReadAsync(), Task.Delay(Patience, _time));
        return _current is not null;
    }

    /// <summary>Puts what was read in force.</summary>
    internal void Use(OpenIdConnectConfiguration read) => _current = read;

    /// <summary>Reads it, unless it was just read or tried. Completes with what there is then.</summary>
    public Task ReadAsync()
    {
        lock (_lock)
        {
            if (_reading.IsCompleted && (_lastRead is not { } last || _time.GetElapsedTime(last) >= Pause))
            {
                _lastRead = _time.GetTimestamp();
                _reading = ReadOnceAsync();
            }

            return _reading;
        }
    }

    private async Task ReadOnceAsync()
    {
        await Task.Yield(); // Out of the lock.
        try
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{_options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
                new HttpDocumentRetriever(_http) { RequireHttps = !_isDevelopment }, CancellationToken.None);
            if (read.Issuer?.TrimEnd('/') != _options.Authority.TrimEnd('/'))
                throw new InvalidDataException(
                    $"It says that its issuer is \"{read.Issuer}\". Sessions:SignIn:Authority has to be the issuer.");
            if (read.SigningKeys.Count == 0)
                throw new InvalidDataException("It has no signing keys.");
            Use(read);
            if (_isFailing)
                LogRead();
            _isFailing = false;
        }
        catch (Exception failure)
        {
            // Whatever it is, the host serves keys, and what was read before stays in force. It is tried again.
            if (!_isFailing)
                LogFailed(failure.GetBaseException().Message);
            _isFailing = true;
        }
    }

    [LoggerMessage(7401, LogLevel.Error,
        "The provider's discovery document cannot be read, so people may not be able to sign in. It is tried again. {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(7402, LogLevel.Information, "The provider's discovery document is read again")]
    private partial void LogRead();
}

/// <summary>Connections to the provider. They follow no redirect and use no proxy of the environment.</summary>
internal sealed class ProviderConnection : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a changed address of the provider is found.
    })
    {
        Timeout = Longest,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public void Dispose() => Http.Dispose();
}

/// <summary>Keeps the document up to date, so that no request has to wait for it.</summary>
internal sealed class ProviderWatch(ProviderDocument document, IOptions<ServiceOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SignIn.Authority.Length == 0)
            return;
        while (true)
        {
            await document.ReadAsync().WaitAsync(stoppingToken);
            await Task.Delay(document.Current is null ? ProviderDocument.Pause : ProviderDocument.Interval, time, stoppingToken);
        }
    }
}
