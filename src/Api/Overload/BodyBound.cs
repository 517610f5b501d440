using GuestSessions.Api.Ingest;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Overload;

/// <summary>On an endpoint: how large a body it waits for; without it, what one request may have.</summary>
/// <param name="Bytes">Of a request. A larger body is rejected by the endpoint.</param>
/// <param name="MayStream">It may answer NDJSON while that comes: such a body is not waited for.</param>
internal sealed record BodyBound(Func<IngestOptions, HttpRequest, int> Bytes, bool MayStream = false)
{
    public static int Of(Endpoint endpoint, IngestOptions limits, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<BodyBound>()?.Bytes(limits, request) ?? limits.BatchBytes;

    /// <summary>Whether a request is answered while it comes.</summary>
    public static bool IsStream(Endpoint endpoint, HttpRequest request) =>
        EventStreams.IsOne(request) && endpoint.Metadata.GetMetadata<BodyBound>() is { MayStream: true };
}

internal static class BodyBoundMetadata
{
    public static TBuilder WaitsFor<TBuilder>(
        this TBuilder endpoints, Func<IngestOptions, HttpRequest, int> bytes, bool mayStream = false)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new BodyBound(bytes, mayStream));
}
