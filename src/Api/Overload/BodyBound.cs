using GuestSessions.Api.Ingest;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>The maximum body for which an endpoint waits; without it, the maximum of a batch applies.</summary>
/// <param name="Bytes">Maximum bytes of a request's body. The endpoint rejects a larger body.</param>
/// <param name="MayStream">The endpoint may answer NDJSON while it arrives, so it does not wait for such a body.</param>
internal sealed record BodyBound(Func<IngestOptions, HttpRequest, int> Bytes, bool MayStream = false)
{
    public static int Of(Endpoint endpoint, IngestOptions limits, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<BodyBound>()?.Bytes(limits, request) ?? limits.BatchBytes;

    /// <summary>Whether a request is answered while it arrives.</summary>
    public static bool IsStream(Endpoint endpoint, HttpRequest request) =>
        EventStreams.IsOne(request) && endpoint.Metadata.GetMetadata<BodyBound>() is { MayStream: true };
}

internal static class BodyBoundMetadata
{
    public static TBuilder WaitsFor<TBuilder>(
        this TBuilder endpoints, Func<IngestOptions, HttpRequest, int> bytes, bool mayStream = false)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new BodyBound(bytes, mayStream));
}
