using System.Net;
using System.Net.Sockets;
using System.Text;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Runtime;

namespace GuestSessions.Api.Tests.Errors;

public sealed class RefusalTests
{
    public static TheoryData<string> Faults => ["session", "journal", "orleans", "expired", "timeout", "memory"];

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/guests/cust-42/nothing")]
    public async Task An_unknown_address_is_not_found(string path)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.GetAsync(path)).MustRefuse(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_have_is_answered_405_with_those_it_has()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync("/v1/events");

        answer.MustRefuse(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(["POST"], answer.Message.Content.Headers.Allow);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_the_cluster_cannot_answer_now_can_be_asked_again(string fault)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = fault switch
        {
            "session" => new SessionUnavailableException("no disk"),
            "orleans" => new SiloUnavailableException("gone"),
            "journal" => new JournalUnavailableException("no disk"),
            "expired" => new OperationCanceledException("Message expired before placement could complete."),
            "memory" => new OutOfMemoryException(),
            _ => new TimeoutException(),
        };

        foreach (var answer in (Answer[])
            [
                await api.PostAsync(Samples.Path, Samples.Envelope("a")),
                await api.PostAsync(Samples.Path, Samples.Batch(Samples.Envelope("a"))),
                await api.PostAsync(
                    "/v1/guests/cust-42/identifiers", """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}]}"""),
                await api.GetAsync("/v1/guests/cust-42"),
                await api.PostAsync("/v1/guests/search", """{"order_reference":"o"}"""),
            ])
        {
            answer.MustRefuse(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal(1, answer.RetryAfter);
        }
    }

    [Fact]
    public async Task A_fault_of_the_service_tells_nothing_of_itself()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new InvalidOperationException("cust-42 broke the secret thing");

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("a"));

        answer.MustRefuse(HttpStatusCode.InternalServerError, "internal_error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("cust-42", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_breaks_HTTP_is_answered_400_malformed_request()
    {
        await using var api = await ApiHost.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(api.Address.Host, api.Address.Port);
        await using var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Samples.Path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-ingest\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnot-a-length\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("malformed_request", answer, StringComparison.Ordinal);
    }
}
