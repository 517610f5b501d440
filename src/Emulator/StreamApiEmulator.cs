using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Http;
using GuestSessions.Emulator.Sessions;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.Emulator;

/// <summary>
/// The Stream API on this machine: a separate program, a hosted service of another program, or a test fixture.
/// </summary>
public sealed class StreamApiEmulator : IHostedService, IAsyncDisposable
{
    // The GET form carries whole events in the request line.
    private const int RequestLineBytes = 256 * 1024;

    private readonly WebApplication _app;

    /// <param name="settings">
    /// The only configuration: the host's files, environment and command line are not read.
    /// </param>
    /// <param name="time">The clock for arrivals, sessions and latency.</param>
    /// <param name="logToConsole">Whether to log problems to the console.</param>
    public StreamApiEmulator(EmulatorSettings settings, TimeProvider? time = null, bool logToConsole = false)
    {
        time ??= TimeProvider.System;
        Arrivals = new ArrivalLog(settings, time);
        var gate = new Lock();
        Sessions = new SessionBook(settings, time, gate);
        Guests = new GuestBook(settings, time, gate);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => Configure(kestrel, settings)).UseUrls(settings.Urls);
        builder.Services.AddRouting();
        builder.Services.ConfigureHttpJsonOptions(json => EmulatorJson.Configure(json.SerializerOptions));
        if (logToConsole)
        {
            builder.Logging
                .AddSimpleConsole(console => console.SingleLine = true)
                .SetMinimumLevel(LogLevel.Warning);
        }

        _app = builder.Build();
        _app.UseCrossOrigin();
        var model = new EventModel(settings, Sessions, Guests, time, gate);
        var upstream = new StreamApi(settings, model, Guests, Arrivals);
        var exchange = new Exchange(settings, Arrivals, Faults, time, _app.Lifetime);
        new StreamApiEndpoints(upstream, exchange).Map(_app);
        new DecisionEndpoints(upstream, exchange).Map(_app);
        new InspectionEndpoints(Arrivals, Sessions, Guests, Faults, model).Map(_app);
        new PageEndpoints(new Inspection(settings, Arrivals, Sessions, Guests, Faults)).Map(_app);
    }

    /// <summary>Every request so far.</summary>
    public ArrivalLog Arrivals { get; }

    public SessionBook Sessions { get; }

    public GuestBook Guests { get; }

    public FaultPlan Faults { get; } = new();

    /// <summary>The first address it is bound to, with the port it got; known once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <summary>Waits for the shutdown signal, then stops.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Arrivals.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, EmulatorSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.MaxRequestBodySize = settings.EventBytes;
        kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = settings.Protocols);
        if (settings.Certificate is { } certificate)
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
    }
}
