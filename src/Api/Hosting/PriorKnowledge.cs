using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Serves HTTP/2 in clear text beside HTTP/1.1 on one listener. A client with HTTP/2 prior knowledge begins with the
/// connection preface (RFC 9113, 3.3). Kestrel 10 would choose HTTP/1.1 without reading it; later versions read it
/// themselves. docs/adr has the reasons.
/// </summary>
internal static class PriorKnowledge
{
    /// <summary>A client that sends nothing for this long is served as HTTP/1.1, with the server's own time-outs.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    // Kestrel's internal feature that chooses the protocols of one connection.
    private static readonly Type? _featureType = typeof(KestrelServerOptions).Assembly
        .GetType("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.HttpProtocolsFeature");

    private static readonly object? _http2 =
        _featureType is null ? null : Activator.CreateInstance(_featureType, HttpProtocols.Http2);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static void Use(ListenOptions listen)
    {
        if (_http2 is not null)
            listen.Use(static next => connection => ServeAsync(connection, next));
    }

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (await BeginsWithPrefaceAsync(connection))
            connection.Features[_featureType!] = _http2;
        await next(connection);
    }

    private static async Task<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        var notice = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            connection.ConnectionClosed, notice?.ConnectionClosedRequested ?? CancellationToken.None);
        end.CancelAfter(_patience);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(end.Token);
                var seen = Common(read.Buffer);
                var isSure = seen == Preface.Length || seen < read.Buffer.Length || read.IsCompleted;

                // Nothing is consumed: the server reads the connection from its first byte.
                input.AdvanceTo(read.Buffer.Start, isSure ? read.Buffer.Start : read.Buffer.End);
                if (isSure)
                    return seen == Preface.Length;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <summary>How many of the first bytes match the preface.</summary>
    private static int Common(ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, first.Length);
        buffer.Slice(0, length).CopyTo(first);
        return first[..length].CommonPrefixLength(Preface);
    }
}
