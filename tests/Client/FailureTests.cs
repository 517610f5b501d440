namespace GuestSessions.Client.Tests;

/// <summary>What the client says of a failure, and what its log must not say.</summary>
public sealed class FailureTests : IAsyncDisposable
{
    private readonly TestClient _client = new();

    [Fact]
    public async Task A_call_whose_time_is_over_says_what_failed_last()
    {
        Fail(static _ => throw new HttpRequestException("Connection refused (sessions.example:80)"));

        var lost = await Assert.ThrowsAsync<EventNotStoredException>(
            () => _client.RunAsync(_client.Sessions.TrackAsync("cust-42", TestClient.View())));

        Assert.Contains("Connection refused (sessions.example:80)", lost.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(lost.InnerException);
    }

    [Fact]
    public async Task A_call_whose_time_is_over_names_the_status_and_the_address_of_the_last_answer()
    {
        Fail(static _ => FakeService.Retry(503, seconds: 1));

        var lost = await Assert.ThrowsAsync<EventNotStoredException>(
            () => _client.RunAsync(_client.Sessions.TrackManyAsync("cust-42", [TestClient.View()])));

        Assert.Contains("http://sessions.example/ answered 503 overloaded.", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_an_answer_is_named()
    {
        _client.Service.Before = static (_, end) => new TaskCompletionSource().Task.WaitAsync(end);
        var queued = await _client.Sessions.EnqueueAsync("cust-42", TestClient.View());

        await _client.RunAsync(_client.Sessions.StopAsync());

        var lost = await Assert.ThrowsAsync<EventNotStoredException>(() => queued.Completion);
        Assert.Contains("http://sessions.example/ gave no answer in time.", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_names_the_guest()
    {
        _client.Service.Faults.Enqueue(static _ => throw new HttpRequestException("Connection refused (sessions.example:80)"));
        _client.Service.Faults.Enqueue(static _ => FakeService.Retry(503, seconds: 1));
        await _client.RunAsync(_client.Sessions.TrackAsync("cust-42", TestClient.View()));
        await _client.RunAsync((await _client.Sessions.EnqueueAsync("cust-42", TestClient.View())).Completion);

        Assert.NotEmpty(_client.Log.Entries);
        Assert.All(_client.Log.Entries, static entry => Assert.DoesNotContain("cust-42", entry.Text, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Fail(Func<HttpRequestMessage, HttpResponseMessage?> fault)
    {
        for (var tries = 0; tries < 1000; tries++)
            _client.Service.Faults.Enqueue(fault);
    }
}
