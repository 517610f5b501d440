using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Answers with JSON that somebody else wrote. It is left with the server, which sends it when the request has left its
/// place: whoever reads slowly holds none.
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
