using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingress;
using GuestSessions.Core.Memory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>Rejects calls before their bodies are read while this process is short of memory.</summary>
internal sealed class MemoryGuard(RequestDelegate next, IMemoryLevel memory)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || AlwaysAnswered.Is(endpoint)
            || endpoint.Metadata.GetMetadata<RejectedAt>() is not { } rejected || memory.Level < rejected.Level)
            return next(context);
        return endpoint.Metadata.GetMetadata<IngressMark>() is null
            ? Refusals.MemoryScarce().ExecuteAsync(context)
            : IngressAnswers.MemoryScarce().ExecuteAsync(context);
    }
}

/// <summary>The memory level from which on an endpoint is closed.</summary>
internal sealed record RejectedAt(MemoryLevel Level);

internal static class RejectedAtMetadata
{
    /// <summary>On an endpoint or a group, this overrides the group around it.</summary>
    public static TBuilder RejectedAt<TBuilder>(this TBuilder endpoints, MemoryLevel level)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RejectedAt(level));
}
