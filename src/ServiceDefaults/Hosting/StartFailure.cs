using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using GuestSessions.Core.Journal;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Connections;

namespace GuestSessions.ServiceDefaults.Hosting;

/// <summary>Describes in a sentence why a host did not start, if an operator can fix it.</summary>
internal static class StartFailure
{
    private const string Settings = "--urls, ASPNETCORE_URLS, Kestrel:Endpoints, Sessions:Ingress:Urls and Sessions:Emulator:Url";

    /// <returns>The sentence; null for a fault of the program.</returns>
    public static string? Sentence(Exception failure, ServiceOptions options) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Sentence(first, options),
        IOException { InnerException: AddressInUseException } => AddressInUse(failure.Message, options),
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => PortInUse(options),
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"The host may not listen on a port that is configured: {End(failure.Message)} Choose a port above 1023 with {Settings}.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"An address that is configured does not belong to this machine: {End(failure.Message)} See {Settings}.",
        InvalidDataException { InnerException: FormatException { InnerException: var json } } =>
            $"{End(failure.Message)} {End((json as JsonException)?.Message ?? "It is not valid JSON")}",
        JournalUnavailableException or JournalCorruptException or DbException =>
            $"The store cannot be opened: {Chain(failure)} See Sessions:Storage:ConnectionString.",
        CryptographicException => $"A certificate cannot be used: {Chain(failure)}",
        UnauthorizedAccessException or IOException => $"A file or folder cannot be used: {Chain(failure)}",
        OperationCanceledException => "The host was stopped before it had started.",
        SocketException => $"The network cannot be used: {Chain(failure)}",
        InvalidOperationException or ArgumentException or FormatException => $"The host cannot start: {Chain(failure)}",
        _ when failure.InnerException is { } cause => Sentence(cause, options),
        _ => null,
    };

    /// <summary>Kestrel's message, and the setting that chose the address.</summary>
    private static string AddressInUse(string message, ServiceOptions options)
    {
        var setting = "--urls, ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS";
        if (options.Emulator.Enabled && Names(message, options.Emulator.Url))
            setting = "Sessions:Emulator:Url";
        else if (options.Ingress.Urls.Split(';').Any(url => Names(message, url)))
            setting = "Sessions:Ingress:Urls";
        return $"{End(message)} Stop the program that uses it, or choose another address with {setting}.";
    }

    private static string PortInUse(ServiceOptions options) =>
        $"A port of Orleans is already in use at {options.Cluster.Address}. "
        + "Choose others with Sessions:Cluster:SiloPort and Sessions:Cluster:GatewayPort.";

    /// <summary>Whether the message names an address with the same port.</summary>
    private static bool Names(string message, string url) =>
        url.LastIndexOf(':') is > 0 and var colon
        && message.Contains($"{url[colon..].Trim().TrimEnd('/')}:", StringComparison.Ordinal);

    /// <summary>The outermost message and the innermost one.</summary>
    private static string Chain(Exception failure)
    {
        var cause = failure;
        while (cause.InnerException is { } inner)
            cause = inner;
        return ReferenceEquals(cause, failure) || failure.Message.Contains(cause.Message, StringComparison.Ordinal)
            ? End(failure.Message)
            : $"{End(failure.Message)} {End(cause.Message)}";
    }

    private static string End(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : $"{line}.";
    }
}
