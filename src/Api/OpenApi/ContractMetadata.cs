using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// A body that an endpoint takes, declared by hand because endpoints read their bodies as bytes. A request to an endpoint
/// without this does not wait for a body.
/// </summary>
internal sealed record TakenBody(Type Type, string ContentType);

/// <summary>A query parameter that an endpoint takes.</summary>
internal sealed record TakenQuery(string Name, string Description, JsonSchemaType Type);

/// <summary>A specific header that an endpoint takes.</summary>
internal sealed record TakenHeader(string Name, string Description);

/// <summary>
/// What an endpoint takes and answers, for the contract. At run time it only decides which query parameters are known and
/// whether a request waits for its body.
/// </summary>
internal static class ContractMetadata
{
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string contentType)
        => endpoint.WithMetadata(new TakenBody(typeof(T), contentType));

    public static RouteHandlerBuilder TakesQuery(
        this RouteHandlerBuilder endpoint, string name, string description, JsonSchemaType type = JsonSchemaType.String)
        => endpoint.WithMetadata(new TakenQuery(name, description, type));

    /// <summary>The parameters of every list.</summary>
    public static RouteHandlerBuilder TakesPage(
        this RouteHandlerBuilder endpoint, string after = "The next of the previous page.") => endpoint
        .TakesQuery("after", after)
        .TakesQuery("limit", "1 to 500, 50 by default.", JsonSchemaType.Integer);

    public static RouteHandlerBuilder TakesHeader(
        this RouteHandlerBuilder endpoint, string name, string description)
        => endpoint.WithMetadata(new TakenHeader(name, description));

    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder endpoint, int status, params string[] contentTypes)
        => endpoint.WithMetadata(new ProducesResponseTypeMetadata(
            status, typeof(T), contentTypes.Length > 0 ? contentTypes : [JsonAnswer.ContentType]));

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.WithMetadata(
                new ProducesResponseTypeMetadata(status, typeof(Problem), [Refusal.ContentType]));
        return endpoint;
    }
}
