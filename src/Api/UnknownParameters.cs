using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GuestSessions.Api;

/// <summary>
/// Rejects a query parameter that the contract does not name for the endpoint, or that occurs twice: with a misspelt and
/// ignored filter, the answer would be to another question. Calls of the SDKs, and what is not in
/// the contract, are not checked.
/// </summary>
internal sealed class UnknownParameters(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
        => context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata is { } metadata
            && metadata.GetMetadata<RequiredScope>() is not null && metadata.GetMetadata<IngressMark>() is null
            && metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
            && Check(context.Request.Query, [.. metadata.GetOrderedMetadata<TakenQuery>().Select(static taken => taken.Name)])
                is { } refused
            ? refused.ExecuteAsync(context)
            : next(context);

    private static Refusal? Check(IQueryCollection query, string[] names)
    {
        foreach (var (name, values) in query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                return Refusals.UnknownParameter(names);
            if (values.Count > 1)
                return Refusals.InvalidParameter(name, "Expected the parameter once.");
        }

        return null;
    }
}
