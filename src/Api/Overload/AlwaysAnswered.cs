using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>
/// An endpoint that is never rejected for want of memory or of places: a failed answer would cost more than the request.
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
    /// <summary>For what is answered from memory, without a grain.</summary>
    public static TBuilder AlwaysAnswered<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(Overload.AlwaysAnswered.Instance);
}
