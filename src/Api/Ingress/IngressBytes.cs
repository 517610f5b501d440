using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Answers with the upstream's JSON. The server sends it after the request has released its in-flight slot, so that a
/// client that reads slowly holds no slot.
/// </summary>
internal sealed class IngressBytes(int status, ReadOnlyMemory<byte> json) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = JsonAnswer.ContentType;
        httpContext.Response.ContentLength = json.Length;
        httpContext.Response.BodyWriter.Write(json.Span);
        return Task.CompletedTask;
    }
}
