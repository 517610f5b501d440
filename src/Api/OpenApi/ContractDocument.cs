using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Reveal;
using GuestSessions.Api.Support;
using GuestSessions.Core.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// The document at <c>/openapi/v1.json</c>. Adds what the framework cannot derive from the endpoints.
/// </summary>
internal static class ContractDocument
{
    public const string Name = "v1";

    public const string Route = $"/openapi/{Name}.json";

    public const string Bearer = "bearer";

    /// <summary>Of the build, without the commit.</summary>
    private static readonly string ProductVersion = typeof(ContractDocument).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly (string Name, string Meaning)[] Tags =
    [
        ("Ingest", "Record what guests do."),
        ("Guests", "Find a guest, and read what happened to its events."),
        ("Support", "Act on one guest or event, with a reason."),
        ("Operator", "Lists over all guests of the tenant."),
        ("Operations", "Act on many events, and follow long work."),
        ("Privacy", "Erasure, export and consent."),
        ("Delivery", "Stop and resume a tenant's delivery."),
        ("Health", "Probes of the host."),
    ];

    public static void AddContractDocument(this IServiceCollection services) => services
        .AddSingleton<ContractBytes>()
        .AddOpenApi(Name, Configure);

    private static void Configure(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = static type => type.Type == typeof(Utf8Json) || type.Type == typeof(JsonElement) || type.Type == typeof(JsonElement?)
            ? null
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer(Describe);
        options.AddDocumentTransformer(SharedSchemas.Apply);
        options.AddOperationTransformer(RequireBearer);
        options.AddOperationTransformer(OperationContract.Apply);
        options.AddSchemaTransformer(NameFormats);
    }

    private static Task Describe(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Guest Sessions",
            Version = ProductVersion,
            Description = "Durable, ordered, deduplicated delivery of guest events to the Stream API.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // Relative, so that the host named in the request does not matter.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = Tags.Select(static tag => new OpenApiTag { Name = tag.Name, Description = tag.Meaning }).ToHashSet();
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, or a person's access token of the configured provider. "
                + "With a credential of several tenants, name the tenant in the header Tenant.",
        });
        return Task.CompletedTask;
    }

    private static Task RequireBearer(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata
            .OfType<RequiredScope>().Select(required => required.Name).FirstOrDefault();
        if (scope is null)
        {
            operation.Security = [];
            return Task.CompletedTask;
        }

        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [scope],
            },
        ];
        operation.Description = $"Scope `{scope}`.";
        return Task.CompletedTask;
    }

    /// <summary>The framework does not know the schema of types with a converter of their own.</summary>
    private static Task NameFormats(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | (type == typeof(DateTimeOffset) ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }
        else if (context.JsonPropertyInfo?.DeclaringType is { } body && (body == typeof(ChangeBody) || body == typeof(RevealedBody)) && type == typeof(Utf8Json))
        {
            schema.Type = null; // Any value of an event.
        }
        else if (type == typeof(Utf8Json))
        {
            schema.Type = JsonSchemaType.Object | JsonSchemaType.Null;
        }
        else if (type == typeof(JsonElement) || type == typeof(JsonElement?))
        {
            schema.Type = JsonSchemaType.Object;
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(byte[]))
        {
            schema.Format = "binary"; // A file; the framework takes it for a text in Base64.
        }

        // A member that is left out when it has no value is never null.
        if (context.JsonPropertyInfo?.AttributeProvider is { } member
            && member.GetCustomAttributes(typeof(JsonIgnoreAttribute), false) is
                [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }])
            schema.Type &= ~JsonSchemaType.Null;

        return Task.CompletedTask;
    }
}
