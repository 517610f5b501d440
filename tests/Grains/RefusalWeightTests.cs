using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class RefusalWeightTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RefusalWeight _weight;

    public RefusalWeightTests() => _weight = new RefusalWeight(_time);

    [Fact]
    public void It_remembers_so_many_guests_and_no_more()
    {
        for (var guest = 0; guest < RefusalWeight.MostKept + 100; guest++)
            _weight.Add((UInt128)guest, refused: true);

        Assert.Equal(RefusalWeight.MostKept, _weight.Count);
        Assert.True(_weight.IsHeavy);
    }

    [Fact]
    public void Of_each_guest_its_last_attempt_counts()
    {
        for (var guest = 0; guest < 40; guest++)
            _weight.Add((UInt128)guest, refused: true);
        for (var guest = 0; guest < 20; guest++)
            _weight.Add((UInt128)guest, refused: false);

        Assert.Equal(40, _weight.Count);
        Assert.False(_weight.IsHeavy);
        _weight.Add(0, refused: true);
        Assert.True(_weight.IsHeavy);
    }

    [Fact]
    public void What_is_more_than_a_minute_ago_is_forgotten_without_another_attempt()
    {
        for (var guest = 0; guest < 20; guest++)
            _weight.Add((UInt128)guest, refused: true);
        Assert.True(_weight.IsHeavy);
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(_weight.IsHeavy);
        Assert.Equal(0, _weight.Count);
    }
}
