using GuestSessions.Api.Console;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Errors;

/// <summary>
/// Answers every refusal with problem details: exceptions, and the bare statuses of routing. To a person it is a page.
/// A failure after the answer has begun cuts the connection, so that a client never takes half an answer for a whole one.
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
            // Nobody is left to answer, nor is there another request to read. Kestrel would try, and warn of what it finds.
            if (!HttpProtocol.IsHttp2(context.Request.Protocol))
                context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            return;
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
            await (ConsolePages.IsPage(context) ? ConsolePages.Refused(context, refusal) : refusal).ExecuteAsync(context);
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
