using GuestSessions.Storage.Space;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Storage.Tests.Space;

public sealed class FreeSpaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Below_the_floor_it_is_full_and_above_it_free_again()
    {
        long? left = 99;
        var space = new FreeSpace(100, () => left, _time);
        Assert.True(space.IsFull);
        left = 100;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(space.IsFull);
    }

    [Fact]
    public void It_looks_once_a_second_however_often_callers_ask()
    {
        var looks = 0;
        var space = new FreeSpace(100, () => looks++, _time);
        for (var asked = 0; asked < 1_000; asked++)
            Assert.True(space.IsFull);
        Assert.Equal(1, looks);
    }

    [Fact]
    public void A_file_system_that_does_not_tell_is_not_full()
    {
        var space = new FreeSpace(100, static () => null, _time);
        Assert.False(space.IsFull);
    }

    [Fact]
    public void A_real_file_system_tells()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("sessions.db");
        Assert.False(FreeSpace.Around(file, 1, _time).IsFull);
        Assert.True(FreeSpace.Around(file, long.MaxValue, _time).IsFull);
    }
}
