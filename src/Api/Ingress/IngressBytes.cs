using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Answers with JSON that somebody else wrote.</summary>
internal sealed class IngressBytes(int status, ReadOnlyMemory<byte> json) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = JsonAnswer.ContentType;
        httpContext.Response.ContentLength = json.Length;
        await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
