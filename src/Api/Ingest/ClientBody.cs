using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>Reads what a client sends, which may leave at any time.</summary>
internal static class ClientBody
{
    /// <summary>
    /// What there is to read. Without a token: the server itself ends the read of a client that is gone, and takes a
    /// cancelled one for a fault of ours.
    /// </summary>
    /// <exception cref="ConnectionAbortedException">
    /// The client left. The server says so in one way for each protocol, and over HTTP/2 before the request is marked as
    /// aborted.
    /// </exception>
    public static async ValueTask<ReadResult> ReadOnAsync(this PipeReader body)
    {
        try
        {
            return await body.ReadAsync(CancellationToken.None);
        }
        catch (IOException left) when (left is not BadHttpRequestException)
        {
            throw new ConnectionAbortedException("The client left within its body.", left);
        }
    }

    /// <inheritdoc cref="ReadOnAsync"/>
    public static bool TryReadOn(this PipeReader body, out ReadResult read)
    {
        try
        {
            return body.TryRead(out read);
        }
        catch (IOException left) when (left is not BadHttpRequestException)
        {
            throw new ConnectionAbortedException("The client left within its body.", left);
        }
    }

    /// <summary>
    /// Lets the pending read of another thread end. Nothing happens when the client has left or the request is answered: its
    /// read has ended by then, and the server throws what it would have thrown to that read.
    /// </summary>
    public static void StopReading(this PipeReader body)
    {
        try
        {
            body.CancelPendingRead();
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }
}
