using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// Bodies, query parameters and headers of one operation, from its <see cref="ContractMetadata"/>.
/// </summary>
internal static class OperationContract
{
    private const string RetryAfter = "Retry-After";

    public static async Task Apply(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var query in metadata.OfType<TakenQuery>())
            (operation.Parameters ??= []).Add(Parameter(ParameterLocation.Query, query.Name, query.Description, query.Type));
        foreach (var header in metadata.OfType<TakenHeader>())
            (operation.Parameters ??= []).Add(Parameter(ParameterLocation.Header, header.Name, header.Description));

        var bodies = metadata.OfType<TakenBody>().GroupBy(body => body.ContentType).ToList();
        if (bodies.Count > 0)
            operation.RequestBody = await BodyAsync(bodies, operation, context, cancellation);

        operation.Responses = Ordered(operation.Responses);
        if (!operation.Responses.Keys.Any(static status => status.StartsWith('4')))
            operation.Responses["400"] = new OpenApiResponse { Description = "The request is not HTTP. The server answers it without a body." };
        foreach (var (status, response) in operation.Responses)
        {
            if (status is "429" or "503" && response is OpenApiResponse refusal)
                refusal.Headers = new Dictionary<string, IOpenApiHeader>
                {
                    [RetryAfter] = new OpenApiHeader
                    {
                        Description = "Seconds.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    },
                };
            if (status == "202" && response.Content is { } content
                && Examples.Of(operation, "answer") is { } example)
                content.Values.First().Example = JsonNode.Parse(example);
        }
    }

    private static OpenApiParameter Parameter(
        ParameterLocation place, string name, string description, JsonSchemaType type = JsonSchemaType.String) => new()
        {
            Name = name,
            In = place,
            Description = description,
            Schema = new OpenApiSchema { Type = type },
        };

    private static OpenApiResponses Ordered(OpenApiResponses? responses)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, response) in (responses ?? []).OrderBy(response => response.Key))
            ordered.Add(status, response);
        return ordered;
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        IEnumerable<IGrouping<string, TakenBody>> bodies, OpenApiOperation operation,
        OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var content = new Dictionary<string, OpenApiMediaType>();
        foreach (var body in bodies)
        {
            var schemas = new List<IOpenApiSchema>();
            foreach (var form in body)
                schemas.Add(await SchemaAsync(form.Type, context, cancellation));
            var example = Examples.Of(operation, body.Key);
            content[body.Key] = new OpenApiMediaType
            {
                Schema = schemas is [var only] ? only : new OpenApiSchema { OneOf = schemas },
                Example = example is null ? null : JsonNode.Parse(example),
            };
        }

        return new OpenApiRequestBody { Required = true, Content = content };
    }

    /// <summary>A named schema of the document, created once; schemas of arrays stay inline, and those of their items do not.</summary>
    private static async Task<IOpenApiSchema> SchemaAsync(
        Type type, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
        if (type.IsArray || context.Document is not { } document)
            return schema;
        document.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, document);
    }
}
