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
        var contract = new ContractBytes(document);

        var readings = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => contract.ReadAsync()));

        Assert.Equal(1, document.Built);
        Assert.All(readings, bytes => Assert.Same(readings[0], bytes));
    }

    private sealed class CountedDocument : IOpenApiDocumentProvider
    {
        private int _built;

        public int Built => _built;

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _built);
            return Task.FromResult(new OpenApiDocument { Info = new OpenApiInfo { Title = "Guest Sessions", Version = "v1" } });
        }
    }
}
