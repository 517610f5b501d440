using GuestSessions.Api.Console.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Console;

/// <summary>
/// Says in a sentence why nobody could be signed in. The log has the same id and the kind of failure, and nothing that the
/// provider or the browser wrote: it may name the person.
/// </summary>
internal sealed partial class ConsoleFailures(ILogger<ConsoleFailures> logger)
{
    public Task DeniedAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        return WriteAsync(
            context.HttpContext, "denied", StatusCodes.Status403Forbidden,
            "The provider did not let you in, or you cancelled. Nothing has changed.");
    }

    public Task FailedAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var (kind, status, sentence) = Judge(context.Failure);
        return WriteAsync(context.HttpContext, kind, status, sentence);
    }

    /// <summary>The page for a provider that has not answered since this host started.</summary>
    public Task UnavailableAsync(HttpContext context) => WriteAsync(
        context, "unreachable", StatusCodes.Status503ServiceUnavailable,
        "Signing in is not possible now, because the provider does not answer. Try again in a minute.");

    private static (string Kind, int Status, string Sentence) Judge(Exception? failure) =>
        failure?.GetBaseException() switch
        {
            HttpRequestException or OperationCanceledException or TimeoutException or System.Net.Sockets.SocketException =>
                ("unreachable", StatusCodes.Status503ServiceUnavailable,
                    "Signing in is not possible now, because the provider does not answer. Try again in a minute."),
            OpenIdConnectProtocolInvalidNonceException =>
                ("nonce", StatusCodes.Status400BadRequest, "The provider's answer is not the one to your request. Sign in again."),
            SecurityTokenException fault =>
                (fault.GetType().Name, StatusCodes.Status400BadRequest,
                    "The provider's answer is not valid here. Sign in again. If that does not help, tell whoever runs this service."),
            OpenIdConnectProtocolException =>
                ("refused", StatusCodes.Status400BadRequest,
                    "The provider refused to sign you in. Sign in again. If that does not help, tell whoever runs this service."),
            AuthenticationFailureException { Message: var own } when own.StartsWith("The provider sent", StringComparison.Ordinal) =>
                ("claims", StatusCodes.Status403Forbidden, $"{own} Tell whoever runs this service."),
            AuthenticationFailureException =>
                ("state", StatusCodes.Status400BadRequest,
                    "This sign-in was begun in another browser, or too long ago. Sign in again."),
            var fault =>
                (fault?.GetType().Name ?? "unknown", StatusCodes.Status400BadRequest,
                    "Something went wrong while you were signed in. Sign in again. If that does not help, tell whoever runs this service."),
        };

    private Task WriteAsync(HttpContext context, string kind, int status, string sentence)
    {
        var id = context.TraceIdentifier;
        LogFailed(id, kind);
        return ConsolePages.Page<NotSignedIn, NotSignedInModel>(context, new NotSignedInModel(sentence, id), status).ExecuteAsync(context);
    }

    [LoggerMessage(7404, LogLevel.Warning, "Somebody could not be signed in to the console. {Id}: {Kind}")]
    private partial void LogFailed(string id, string kind);
}
