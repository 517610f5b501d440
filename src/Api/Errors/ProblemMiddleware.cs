using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Errors;

/// <summary>
/// Every refusal is a problem: exceptions become one, and so do the bare statuses that routing answers with.
/// What fails after the answer has begun cuts the connection, so that half an answer is never taken for a
/// whole one.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (IsVanishedClient(context, fault))
        {
            return; // Nobody is left to answer.
        }
        catch (Exception fault)
        {
            var refusal = Faults.ToRefusal(fault);
            LogFault(refusal.Problem.Status, fault);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await refusal.ExecuteAsync(context);
            return;
        }

        if (IsBare(context.Response) && RefusalFor(context.Response.StatusCode) is { } bare)
            await bare.ExecuteAsync(context);
    }

    private static bool IsVanishedClient(HttpContext context, Exception fault)
        => fault is ConnectionResetException or ConnectionAbortedException
            || (fault is OperationCanceledException or IOException
                && context.RequestAborted.IsCancellationRequested);

    private static bool IsBare(HttpResponse response)
        => response is { HasStarted: false, ContentLength: null, ContentType: null };

    private static Refusal? RefusalFor(int status) => status switch
    {
        StatusCodes.Status404NotFound => Refusals.NotFound(),
        StatusCodes.Status405MethodNotAllowed => Refusals.MethodNotAllowed(),
        StatusCodes.Status415UnsupportedMediaType => Refusals.UnsupportedMediaType("as the contract says"),
        _ => null,
    };

    private void LogFault(int status, Exception fault)
    {
        if (status >= StatusCodes.Status503ServiceUnavailable)
            LogUnavailable(fault.GetType().Name, fault.Message);
        else if (status >= StatusCodes.Status500InternalServerError)
            LogBug(fault);
    }
}
