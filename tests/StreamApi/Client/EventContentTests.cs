using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class EventContentTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_request_that_was_given_up_can_no_longer_leave()
    {
        using var content = NewContent(long.MaxValue);
        Assert.True(content.Withdraw());
        using var wire = new MemoryStream();
        await Assert.ThrowsAsync<NotWrittenException>(() => content.CopyToAsync(wire));
        Assert.Equal(0, wire.Length);
    }

    [Fact]
    public async Task A_request_that_may_have_left_cannot_be_given_up()
    {
        using var content = NewContent(long.MaxValue);
        using var wire = new MemoryStream();
        await content.CopyToAsync(wire);
        Assert.False(content.Withdraw());
    }

    [Fact]
    public async Task It_is_valid_up_to_its_last_tick_and_not_beyond()
    {
        using var wire = new MemoryStream();
        using var content = NewContent(_time.GetTimestamp());
        using var late = NewContent(_time.GetTimestamp());
        await content.CopyToAsync(wire);
        _time.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<NotWrittenException>(() => late.CopyToAsync(wire));
        Assert.Equal((false, true), (content.HasExpired, late.HasExpired));
        Assert.True(late.Withdraw());
        Assert.Equal(2, wire.Length);
    }

    [Fact]
    public async Task Its_memory_may_be_in_use_until_the_whole_body_is_written()
    {
        using var content = NewContent(long.MaxValue);
        using var wire = new SlowStream();
        var writing = content.CopyToAsync(wire);
        Assert.False(content.IsWritten);
        wire.Written.SetResult();
        await writing;
        Assert.True(content.IsWritten);
    }

    [Fact]
    public async Task Its_memory_may_be_in_use_for_ever_when_the_write_failed()
    {
        using var content = NewContent(long.MaxValue);
        using var wire = new SlowStream();
        wire.Written.SetException(new IOException());
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(wire));
        Assert.False(content.IsWritten);
    }

    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Written { get; } = new();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Written.Task);
    }

    private EventContent NewContent(long validUntil) => new("{}"u8.ToArray(), validUntil, _time);
}
