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

        if (IsBare(context.Response))
            await Refusals.Bare(context.Response.StatusCode).ExecuteAsync(context);
    }

    private static bool IsVanishedClient(HttpContext context, Exception fault)
        => fault is ConnectionResetException or ConnectionAbortedException
            || (fault is OperationCanceledException or IOException
                && context.RequestAborted.IsCancellationRequested);

    private static bool IsBare(HttpResponse response)
        => response is { HasStarted: false, ContentLength: null, ContentType: null }
            && response.StatusCode >= StatusCodes.Status400BadRequest;

    private void LogFault(int status, Exception fault)
    {
        if (status >= StatusCodes.Status503ServiceUnavailable)
            LogUnavailable(fault.GetType().Name, fault.Message);
        else if (status >= StatusCodes.Status500InternalServerError)
            LogBug(fault);
    }
}
