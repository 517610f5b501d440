using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Marks an endpoint that is never refused because of memory or load: a failed answer would cost more than the request.
/// </summary>
internal sealed class AlwaysAnswered
{
    public static readonly AlwaysAnswered Instance = new();

    private AlwaysAnswered()
    {
    }

    public static bool Is(Endpoint endpoint) => endpoint.Metadata.GetMetadata<AlwaysAnswered>() is not null;
}

internal static class AlwaysAnsweredMetadata
{
    /// <summary>For endpoints that answer from memory, without a grain.</summary>
    public static TBuilder AlwaysAnswered<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(Overload.AlwaysAnswered.Instance);
}
