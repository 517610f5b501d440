using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>Reads the body of a client that may disconnect at any time.</summary>
internal static class ClientBody
{
    /// <summary>
    /// Reads what has arrived. It passes no token: the server itself ends the read when the client is gone, and it would
    /// treat a cancelled read as a fault of this service.
    /// </summary>
    /// <exception cref="ConnectionAbortedException">
    /// The client disconnected. The server reports it differently for each protocol, and over HTTP/2 before it marks the
    /// request as aborted.
    /// </exception>
    public static async ValueTask<ReadResult> ReadOnAsync(this PipeReader body)
    {
        try
        {
            return await body.ReadAsync(CancellationToken.None);
        }
        catch (IOException left) when (left is not BadHttpRequestException)
        {
            throw new ConnectionAbortedException("The client disconnected within its body.", left);
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
            throw new ConnectionAbortedException("The client disconnected within its body.", left);
        }
    }

    /// <summary>
    /// Ends the pending read of another thread. Does nothing when the client has disconnected or the request is answered:
    /// the read has ended by then, and the server throws here what it would have thrown to that read.
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
