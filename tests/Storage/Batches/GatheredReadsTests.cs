using GuestSessions.Storage.Batches;

namespace GuestSessions.Storage.Tests.Batches;

public sealed class GatheredReadsTests : IDisposable
{
    private readonly List<IReadOnlyList<int>> _statements = [];
    private readonly SemaphoreSlim _answers = new(0);

    [Fact]
    public async Task What_is_asked_for_while_the_store_answers_shares_the_next_statements_and_each_gets_its_own()
    {
        var reads = new GatheredReads<int, string>(ReadAsync, most: 3, atOnce: 1);
        var first = reads.ReadAsync(1, CancellationToken.None);
        await Eventually.TrueAsync(() => _statements.Count == 1);
        var others = Enumerable.Range(2, 5).Select(key => reads.ReadAsync(key, CancellationToken.None)).ToList();

        _answers.Release(3);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await Task.WhenAll([first, .. others]));
        Assert.Equal([[1], [2, 3, 4], [5, 6]], _statements);
    }

    [Fact]
    public async Task A_caller_that_no_longer_waits_takes_nothing_from_the_others()
    {
        var reads = new GatheredReads<int, string>(ReadAsync, most: 3, atOnce: 1);
        using var impatience = new CancellationTokenSource();
        var first = reads.ReadAsync(1, CancellationToken.None);
        var second = reads.ReadAsync(2, impatience.Token);
        var third = reads.ReadAsync(3, CancellationToken.None);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _answers.Release(2);

        Assert.Equal(["1", "3"], await Task.WhenAll(first, third));
    }

    [Fact]
    public async Task A_statement_that_fails_fails_for_those_who_share_it_and_the_next_one_is_tried()
    {
        var isBroken = true;
        var reads = new GatheredReads<int, string>(
            keys => isBroken ? throw new TimeoutException("The store is gone.") : ReadAsync(keys), most: 3, atOnce: 1);

        await Assert.ThrowsAsync<TimeoutException>(() => reads.ReadAsync(1, CancellationToken.None));
        isBroken = false;
        _answers.Release();

        Assert.Equal("1", await reads.ReadAsync(1, CancellationToken.None));
    }

    public void Dispose() => _answers.Dispose();

    private async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<int> keys)
    {
        lock (_statements)
            _statements.Add(keys);
        await _answers.WaitAsync();
        return [.. keys.Select(static key => $"{key}")];
    }
}
