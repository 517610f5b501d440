using GuestSessions.Api.Ingest;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// Makes schemas that client generators read well. The framework writes the types within a body that is declared by hand in
/// place: names them as it names those of answers, so that a client has one class for each. And says of objects with members of
/// the caller's choice that they have any, which some generators take for none.
/// </summary>
internal static class SharedSchemas
{
    /// <summary>Where the framework keeps the name of a type's schema.</summary>
    private const string IdKey = "x-schema-id";

    public static Task Apply(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        foreach (var schema in document.Components?.Schemas?.Values.ToList() ?? [])
            NameWithin(document, schema);
        foreach (var operation in document.Paths.Values.SelectMany(static path => path.Operations!.Values))
        {
            foreach (var body in operation.RequestBody?.Content?.Values.ToList() ?? [])
                NameWithin(document, body.Schema);
        }

        if (document.Components?.Schemas?[nameof(StreamEventBody)] is OpenApiSchema streamEvent)
            streamEvent.AdditionalProperties = new OpenApiSchema();
        return Task.CompletedTask;
    }

    private static void NameWithin(OpenApiDocument document, IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
            return;
        if (own is { Type: { } type, AdditionalProperties: null } && type.HasFlag(JsonSchemaType.Object) && own.Properties is not { Count: > 0 })
            own.AdditionalProperties = new OpenApiSchema();
        own.Items = Named(document, own.Items);
        foreach (var (name, member) in own.Properties?.ToList() ?? [])
            own.Properties![name] = Named(document, member)!;
        for (var form = 0; form < own.OneOf?.Count; form++)
            own.OneOf[form] = Named(document, own.OneOf[form])!;
    }

    private static IOpenApiSchema? Named(OpenApiDocument document, IOpenApiSchema? schema)
    {
        NameWithin(document, schema);
        if (schema is not OpenApiSchema { Metadata: { } metadata } || !metadata.TryGetValue(IdKey, out var id) || id is not string { Length: > 0 } name)
            return schema;
        document.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, document);
    }
}
