using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GuestSessions.Api.Tests.OpenApi;

public sealed class ContractBytesTests
{
    [Fact]
    public async Task However_often_the_contract_is_asked_for_it_is_built_once()
    {
        var document = new CountedDocument();
        using var contract = new ContractBytes(document);

        var readings = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => contract.ReadAsync().AsTask()));

        Assert.Equal(1, document.Built);
        Assert.All(readings, bytes => Assert.Same(readings[0], bytes));
    }

    [Fact]
    public async Task A_contract_that_could_not_be_built_is_built_for_the_next_request()
    {
        var document = new CountedDocument { Fault = new OutOfMemoryException() };
        using var contract = new ContractBytes(document);
        await Assert.ThrowsAsync<OutOfMemoryException>(() => contract.ReadAsync().AsTask());

        document.Fault = null;

        Assert.NotEmpty(await contract.ReadAsync());
    }

    private sealed class CountedDocument : IOpenApiDocumentProvider
    {
        private int _built;

        public int Built => _built;

        public Exception? Fault { get; set; }

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _built);
            if (Fault is { } fault)
                return Task.FromException<OpenApiDocument>(fault);
            return Task.FromResult(new OpenApiDocument { Info = new OpenApiInfo { Title = "Guest Sessions", Version = "v1" } });
        }
    }
}
