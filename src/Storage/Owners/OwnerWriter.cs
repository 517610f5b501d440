using System.Threading.Channels;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Owners;

/// <summary>
/// Makes claims durable, as many in one transaction as came while the one before was at the disk: a wave of new browsers
/// costs few of them. Beside the group commit and not in it, because a claim fences nobody and waits for nobody.
/// </summary>
/// <remarks>Runs in the context <see cref="Start"/> was called in, like the group commit.</remarks>
internal sealed class OwnerWriter(IOwnerRows store) : IAsyncDisposable
{
    private const int MostAtOnce = 512;
    private const int MostWaiting = 50_000;

    private readonly Channel<WaitingClaim> _waiting = Channel.CreateBounded<WaitingClaim>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = RunAsync();

    /// <exception cref="JournalUnavailableException">Whether the claim took effect is unknown.</exception>
    public Task<OwnerRow> ClaimAsync(OwnerClaim claim, CancellationToken cancellation)
    {
        var waiting = new WaitingClaim(claim, cancellation);
        if (!_waiting.Writer.TryWrite(waiting))
            waiting.Fail(new JournalUnavailableException("The journal is closed, or too many claims wait for it."));
        return waiting.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<WaitingClaim>();
            while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
                batch.Add(next);
            await WriteAsync([.. batch.OrderBy(static waiting => waiting.Claim.Browser)]);
        }
    }

    private async Task WriteAsync(IReadOnlyList<WaitingClaim> batch)
    {
        try
        {
            var rows = await store.ClaimAsync([.. batch.Select(static waiting => waiting.Claim)]);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(rows[i]);
        }
        catch (Exception failure)
        {
            foreach (var waiting in batch)
                waiting.Fail(new JournalUnavailableException("The claim could not be made durable.", failure));
        }
    }
}
