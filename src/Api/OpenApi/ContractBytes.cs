using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GuestSessions.Api.OpenApi;

/// <summary>
/// The contract's document as bytes, built at the first request. Building it takes most of a second of a core, and anybody
/// may ask for it without a key.
/// </summary>
internal sealed class ContractBytes([FromKeyedServices(ContractDocument.Name)] IOpenApiDocumentProvider document) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private byte[]? _bytes;

    /// <summary>A build that fails is tried again with the next request.</summary>
    public async ValueTask<byte[]> ReadAsync()
    {
        if (Volatile.Read(ref _bytes) is { } built)
            return built;
        await _one.WaitAsync();
        try
        {
            return _bytes ??= await BuildAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<byte[]> BuildAsync()
    {
        using var json = new MemoryStream();
        var contract = await document.GetOpenApiDocumentAsync();
        await contract.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }
}

internal static class ContractEndpoint
{
    public static void MapContract(this IEndpointRouteBuilder routes) => routes
        .MapGet(ContractDocument.Route, static async (ContractBytes contract) =>
            TypedResults.Bytes(await contract.ReadAsync(), "application/json;charset=utf-8"))
        .AllowAnonymous()
        .ExcludeFromDescription();
}
